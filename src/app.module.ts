import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import { SandboxJournalModule } from './channels/sandbox-journal.module.js';
import { CommonModule } from './common/common.module.js';
import { ProblemFilter } from './common/problem.filter.js';
import { validation } from './common/validation.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DialectsModule } from './dialects/dialects.module.js';
import { HealthModule } from './health/health.module.js';
import { MediaModule } from './media/media.module.js';
import { MessagesApiModule } from './messages/api/messages-api.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { InboxModule } from './realtime/inbox/inbox.module.js';
import { LiveModule } from './realtime/live/live.module.js';
import { RecipientsModule } from './recipients/recipients.module.js';
import { SchedulerModule } from './scheduler/scheduler.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { TestSenderModule } from './messages/test-sender.module.js';

/** Everything Tidings is made of. What a process does is settled by `config.roles`, not by leaving modules out. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        CommonModule,
        DatabaseModule,
        AccessModule,
        SandboxJournalModule,
        MediaModule,
        RecipientsModule,
        ChannelsModule,
        TemplatesModule,
        MessagesModule,
        MessagesApiModule,
        TestSenderModule,
        DeliveriesModule,
        InboxModule,
        LiveModule,
        SchedulerModule,
        DialectsModule,
        HealthModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validation },
      ],
    };
  }
}
