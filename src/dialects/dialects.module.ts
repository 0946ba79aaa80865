import { Global, Module, type Type } from '@nestjs/common';
import { DIALECT_ENVELOPES, type DialectEnvelope } from '../common/dialect-envelope.js';
import { LANYING_ENVELOPES } from './lanying/lanying-envelopes.js';
import { LanyingModule } from './lanying/lanying.module.js';
import { MEDIWAY_ENVELOPE } from './mediway/mediway-envelope.js';
import { MediwayModule } from './mediway/mediway.module.js';
import { MOBILEARK_ENVELOPE } from './mobileark/mobileark-envelope.js';
import { MobilearkModule } from './mobileark/mobileark.module.js';
import { WORKPLUS_ENVELOPE } from './workplus/workplus-envelope.js';
import { WorkPlusModule } from './workplus/workplus.module.js';

/** Another product's API that Tidings answers to. */
interface Dialect {
  module: Type;
  envelope: DialectEnvelope;
}

/** Every dialect Tidings speaks: a new one is its folder and a line here. */
const DIALECTS: readonly Dialect[] = [
  ...LANYING_ENVELOPES.map((envelope) => ({ module: LanyingModule, envelope })), // keep this list sorted
  { module: MediwayModule, envelope: MEDIWAY_ENVELOPE },
  { module: MobilearkModule, envelope: MOBILEARK_ENVELOPE },
  { module: WorkPlusModule, envelope: WORKPLUS_ENVELOPE },
];

/** Global, because the error filter and the body parsers want to know every dialect's envelope. */
@Global()
@Module({
  imports: DIALECTS.map(({ module }) => module),
  providers: [{ provide: DIALECT_ENVELOPES, useValue: DIALECTS.map(({ envelope }) => envelope) }],
  exports: [DIALECT_ENVELOPES],
})
export class DialectsModule {}
