import { Module } from '@nestjs/common';
import { ChannelsModule } from '../../channels/channels.module.js';
import { MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { InboxModule } from '../../realtime/inbox/inbox.module.js';
import { RecipientsModule } from '../../recipients/recipients.module.js';
import { TemplatesModule } from '../../templates/templates.module.js';
import { MediwayAccess } from './mediway-access.js';
import { MediwayPushes } from './mediway-pushes.js';
import { MediwayReading } from './mediway-reading.js';
import { MediwayController } from './mediway.controller.js';

/** The open API of the Mediway hospital message centre. */
@Module({
  imports: [ChannelsModule, InboxModule, MessagesModule, RecipientsModule, TemplatesModule],
  controllers: [MediwayController],
  providers: [MediwayAccess, MediwayPushes, MediwayReading, MessagesByCorrelation],
})
export class MediwayModule {}
