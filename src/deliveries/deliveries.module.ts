import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { VendorsModule } from '../vendors/vendors.module.js';
import { DeadLetters } from './dead-letters.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { Deliveries } from './deliveries.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryReplay } from './delivery-replay.js';
import { ReceiptAccounts } from './receipt-accounts.js';
import { ReceiptCallbacks } from './receipt-callbacks.js';
import { ReceiptSinkModule } from './receipt-sink.module.js';
import { ReceiptsController } from './receipts.controller.js';
import { Statistics } from './statistics.js';
import { StatisticsController } from './statistics.controller.js';
import { UnknownDeadline } from './unknown-deadline.js';
import { UnknownDeliveries } from './unknown-deliveries.js';

@Module({
  imports: [ReceiptSinkModule, MessagesModule, ChannelsModule, VendorsModule],
  controllers: [DeliveriesController, DeadLettersController, ReceiptsController, StatisticsController],
  providers: [
    Deliveries,
    DeadLetters,
    DeliveryReplay,
    UnknownDeliveries,
    UnknownDeadline,
    ReceiptAccounts,
    ReceiptCallbacks,
    Statistics,
  ],
  exports: [Deliveries, Statistics, UnknownDeadline],
})
export class DeliveriesModule {}
