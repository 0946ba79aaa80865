import { Module } from '@nestjs/common';
import { RateWindow } from '../../access/rate-window/rate-window.js';
import { ChannelsModule } from '../../channels/channels.module.js';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { RecipientsModule } from '../../recipients/recipients.module.js';
import { LanyingAccess } from './lanying-access.js';
import { LanyingKeys } from './lanying-keys.js';
import { LanyingPushes } from './lanying-pushes.js';
import { LanyingSignIn } from './lanying-sign-in.js';
import { LanyingTasks } from './lanying-tasks.js';
import { LanyingUserCalls } from './lanying-user-calls.js';
import { PushAccounts } from './push-accounts.js';
import { LanyingPushController } from './push.controller.js';
import { LanyingTokenController } from './token.controller.js';
import { LanyingUserController } from './user.controller.js';

/** The push part of the Lanying (MaxIM) server API, with what makes people and devices to push to. */
@Module({
  imports: [ChannelsModule, DeliveriesModule, MessagesModule, RecipientsModule],
  controllers: [LanyingPushController, LanyingUserController, LanyingTokenController],
  providers: [
    LanyingAccess,
    LanyingKeys,
    LanyingPushes,
    LanyingSignIn,
    LanyingTasks,
    LanyingUserCalls,
    MessagesByCorrelation,
    PushAccounts,
    RateWindow,
  ],
})
export class LanyingModule {}
