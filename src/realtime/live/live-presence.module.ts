import { Global, Module } from '@nestjs/common';
import { ChannelsModule } from '../../channels/channels.module.js';
import { RecordedFeed } from '../../messages/recorded-feed.js';
import { LiveDevices } from '../../vendors/live-devices.js';
import { ConnectedDevices } from './connected-devices.js';
import { LiveFeed } from './live-feed.js';
import { LivePresence } from './live-presence.js';

/** Global, and apart from what serves clients, because the vendors and the recorder, on which that stands, tell it of their work. */
@Global()
@Module({
  imports: [ChannelsModule],
  providers: [
    LivePresence,
    { provide: RecordedFeed, useClass: LiveFeed },
    { provide: LiveDevices, useClass: ConnectedDevices },
  ],
  exports: [LivePresence, RecordedFeed, LiveDevices],
})
export class LivePresenceModule {}
