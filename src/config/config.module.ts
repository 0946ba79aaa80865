import { Module, type DynamicModule } from '@nestjs/common';
import { Config } from './config.js';
import { loadConfig } from './environment.js';

/** Lets every module inject {@link Config}. */
@Module({})
export class ConfigModule {
  /** `config` is what the process was started with; it is read from the environment when left out. */
  static register(config: Config = loadConfig()): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Config, useValue: config }],
      exports: [Config],
    };
  }
}
