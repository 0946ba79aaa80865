import { Injectable, Logger } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Tenants } from '../../database/tenants.js';
import { type RecordedEndpoints, RecordedFeed } from '../../messages/recorded-feed.js';
import { ByOrganisation } from './by-organisation.js';
import { LivePresence } from './live-presence.js';
import { type InboxNews, inboxNotifications } from './notification.js';
import { CONNECTED_PEOPLE } from './sql/connections.js';

/** Recordings that are told together, when they come faster than they can be told. */
const MOST_TOGETHER = 20;

type Recorded = readonly RecordedEndpoints[];

/** Tells the processes that serve live clients who of them has something new in the inbox. */
@Injectable()
export class LiveFeed extends RecordedFeed {
  private readonly logger = new Logger(LiveFeed.name);
  private readonly teller = new ByOrganisation<Recorded, boolean>(async (organisationId, recorded) => {
    await this.tell(organisationId, recorded.flat());
    return recorded.map(() => true);
  }, MOST_TOGETHER);

  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly presence: LivePresence,
  ) {
    super();
  }

  override recorded(organisationId: number, batches: Recorded): void {
    this.consider(organisationId, batches).catch((error: unknown) => {
      // Whoever is connected finds it in the inbox, or when connecting again.
      this.logger.warn(`Live clients of organisation ${organisationId} were not told of new items: ${String(error)}`);
    });
  }

  private async consider(organisationId: number, batches: Recorded): Promise<void> {
    if (!(await this.presence.anybody(organisationId))) return;
    const { channels } = await this.channels.load(organisationId);
    const inboxes = new Set(channels.filter(({ kind }) => kind === 'inbox').map(({ id }) => id));
    const inbox = batches.filter(({ channelId }) => inboxes.has(channelId));
    if (inbox.length > 0) await this.teller.about(organisationId, inbox);
  }

  private async tell(organisationId: number, batches: Recorded): Promise<void> {
    const news = await this.tenants
      .of(organisationId)
      .query<InboxNews>(CONNECTED_PEOPLE, [
        await this.presence.living(),
        batches.map(({ messageId }) => messageId),
        batches.map(({ channelId }) => channelId),
        batches.map(({ endpointIds }) => `{${endpointIds.join(',')}}`),
      ]);
    await this.presence.notify(inboxNotifications(organisationId, news));
  }
}
