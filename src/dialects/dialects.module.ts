import { Global, Module, type Type } from '@nestjs/common';
import { DIALECT_ENVELOPES, type DialectEnvelope } from '../common/dialect-envelope.js';
import { MEDIWAY_ENVELOPE } from './mediway/mediway-envelope.js';
import { MediwayModule } from './mediway/mediway.module.js';

/** Another product's API that Tidings answers to. */
interface Dialect {
  module: Type;
  envelope: DialectEnvelope;
}

/** Every dialect Tidings speaks: a new one is its folder and a line here. */
const DIALECTS: readonly Dialect[] = [
  { module: MediwayModule, envelope: MEDIWAY_ENVELOPE }, // keep this list sorted
];

/** Global, because the error filter and the body parsers want to know every dialect's envelope. */
@Global()
@Module({
  imports: DIALECTS.map(({ module }) => module),
  providers: [{ provide: DIALECT_ENVELOPES, useValue: DIALECTS.map(({ envelope }) => envelope) }],
  exports: [DIALECT_ENVELOPES],
})
export class DialectsModule {}
