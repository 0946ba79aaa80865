import { Module } from '@nestjs/common';
import { ChannelsModule } from '../../channels/channels.module.js';
import { VendorsModule } from '../../vendors/vendors.module.js';
import { MessagesModule } from '../messages.module.js';
import { MessageChanges } from './message-changes.js';
import { MessageDeliveries } from './message-deliveries.js';
import { MessageExplainer } from './message-explainer.js';
import { MessagePreview } from './message-preview.js';
import { MessageReader } from './message-reader.js';
import { MessageRecordsController } from './message-records.controller.js';
import { MessageTimeline } from './message-timeline.js';
import { MessageViews } from './message-views.js';
import { MessagesController } from './messages.controller.js';
import { PreviewCount } from './preview-count.js';
import { PreviewForecast } from './preview-forecast.js';

/** The native API of messages. */
@Module({
  imports: [MessagesModule, ChannelsModule, VendorsModule],
  controllers: [MessagesController, MessageRecordsController],
  providers: [
    MessageChanges,
    MessageDeliveries,
    MessageExplainer,
    MessagePreview,
    MessageReader,
    MessageTimeline,
    MessageViews,
    PreviewCount,
    PreviewForecast,
  ],
  exports: [MessageChanges],
})
export class MessagesApiModule {}
