import { Module } from '@nestjs/common';
import { ChannelsModule } from '../../channels/channels.module.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { TemplatesModule } from '../../templates/templates.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { InboxWords } from '../inbox/inbox-words.js';
import { Admission } from './admission.js';
import { CatchUp } from './catch-up.js';
import { ClientRequests } from './client-requests.js';
import { DevicePushes } from './device-pushes.js';
import { LiveConnections } from './live-connections.js';
import { LiveInbox } from './live-inbox.js';
import { LiveListener } from './live-listener.js';
import { LivePageController } from './page/live-page.controller.js';
import { LivePresenceModule } from './live-presence.module.js';
import { LiveProcess } from './live-process.js';
import { LiveServer } from './live-server.js';
import { LiveSessions } from './live-sessions.js';
import { LiveTokens } from './live-tokens.js';
import { LiveTokensController } from './live-tokens.controller.js';
import { TokenOffice } from './token-office.js';

/** Tidings' own live channel: people see their inbox live, and devices get pushes over the connection they hold. */
@Module({
  imports: [LivePresenceModule, InboxModule, ChannelsModule, TemplatesModule, MessagesModule],
  controllers: [LiveTokensController, LivePageController],
  providers: [
    LiveTokens,
    TokenOffice,
    Admission,
    LiveProcess,
    LiveConnections,
    LiveListener,
    InboxWords,
    CatchUp,
    LiveInbox,
    DevicePushes,
    ClientRequests,
    LiveSessions,
    LiveServer,
  ],
})
export class LiveModule {}
