import { Module } from '@nestjs/common';
import { ChannelsModule } from '../../channels/channels.module.js';
import { TemplatesModule } from '../../templates/templates.module.js';
import { InboxController } from './inbox.controller.js';
import { InboxItems } from './inbox-items.js';
import { InboxService } from './inbox.service.js';
import { InboxWords } from './inbox-words.js';

@Module({
  imports: [ChannelsModule, TemplatesModule],
  controllers: [InboxController],
  providers: [InboxItems, InboxService, InboxWords],
  exports: [InboxItems, InboxService],
})
export class InboxModule {}
