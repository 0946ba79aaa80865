import { Module } from '@nestjs/common';
import { RateWindow } from '../../access/rate-window/rate-window.js';
import { ChannelsModule } from '../../channels/channels.module.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { RecipientsModule } from '../../recipients/recipients.module.js';
import { ImPushMethod } from './im-push.js';
import { MessageSender } from './message-sender.js';
import { MobilearkGateway } from './mobileark-gateway.js';
import { MobilearkMethods } from './mobileark-methods.js';
import { MobilearkController } from './mobileark.controller.js';
import { OtherVerbsController } from './other-verbs.controller.js';
import { SmsPushMethod } from './sms-push.js';
import { SystemPushMethod } from './system-push.js';

/** The MobileArk gateway: instant messages, system messages and SMS over one signed form. */
@Module({
  imports: [ChannelsModule, MessagesModule, RecipientsModule],
  controllers: [MobilearkController, OtherVerbsController],
  providers: [
    ImPushMethod,
    MessageSender,
    MobilearkGateway,
    MobilearkMethods,
    RateWindow,
    SmsPushMethod,
    SystemPushMethod,
  ],
})
export class MobilearkModule {}
