import { ConsoleLogger, type LogLevel } from '@nestjs/common';

/** Where the framework tells of every module and route at each start; a person looks for something else there. */
const CHATTER = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** Logs to the console, leaving the framework's inventory to the level `debug`. */
export class TidingsLogger extends ConsoleLogger {
  constructor(logLevels: LogLevel[]) {
    super({ logLevels, prefix: 'Tidings', colors: process.stdout.isTTY });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && CHATTER.has(context)) this.debug(message, context);
    else super.log(message, ...rest);
  }
}
