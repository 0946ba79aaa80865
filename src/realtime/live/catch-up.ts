import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Clock } from '../../common/clock.js';
import { groupBy } from '../../common/group-by.js';
import { Tenants } from '../../database/tenants.js';
import { deliveryReference } from '../../messages/reference.js';
import type { InboxPlace } from '../inbox/inbox-cursor.js';
import type { InboxItem } from '../inbox/inbox-items.js';
import { InboxWords, type WordsSource } from '../inbox/inbox-words.js';
import { ByOrganisation } from './by-organisation.js';
import type { LiveConnection } from './live-connection.js';
import { LivePresence } from './live-presence.js';
import { MISSED_ITEMS } from './sql/live-items.js';
import { toLiveMessage } from './to-live-message.js';

/** Items that a client is sent before it has acknowledged some. */
const PAGE = 50;
/** The next page follows after so long in any case. */
const PATIENCE_MILLISECONDS = 10_000;
/**
 * An item's time is taken just before it is written, so one with an earlier time may come after one with a later. What stands this
 * close before the cursor is sent again, unless it is known to have been sent.
 */
const OVERLAP_MILLISECONDS = 5_000;
const MOST_TOGETHER = 100;

interface MissedRow extends Omit<InboxItem, 'channel' | 'content'>, WordsSource {
  n: number;
  latestOnly: boolean;
  latestId: string | null;
}

interface Question {
  connection: LiveConnection;
  after: InboxPlace;
}

interface Missed {
  item: InboxItem;
  /** It is for this connection; false where the person's latest device is another one. */
  wanted: boolean;
}

/** Sends a connection what came into the inbox since its cursor, oldest first. */
@Injectable()
export class CatchUp {
  private readonly missed = new ByOrganisation<Question, Missed[]>(
    (organisationId, questions) => this.ask(organisationId, questions),
    MOST_TOGETHER,
  );

  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly words: InboxWords,
    private readonly presence: LivePresence,
    private readonly clock: Clock,
  ) {}

  async run(connection: LiveConnection): Promise<void> {
    if (connection.catchingUp) {
      connection.news = true;
      return;
    }
    connection.catchingUp = true;
    try {
      do {
        connection.news = false;
        await this.sendMissed(connection);
      } while (connection.news && !connection.closed.aborted);
    } finally {
      connection.catchingUp = false;
    }
  }

  private async sendMissed(connection: LiveConnection): Promise<void> {
    let after = this.beginning(connection);
    for (let full = true; full && !connection.closed.aborted;) {
      const page = await this.missed.about(connection.organisationId, { connection, after });
      const sent = page
        .filter(({ item, wanted }) => wanted && !connection.has(referenceOf(item)))
        .map(({ item }) => connection.message(toLiveMessage(item), item));
      full = page.length >= PAGE;
      after = page.at(-1)?.item ?? after;
      if (full && sent.length > 0) await this.acknowledged(connection, sent);
    }
  }

  private beginning({ cursor, admitted, connectedAt }: LiveConnection): InboxPlace {
    const earlier = new Date(cursor.sentAt.getTime() - OVERLAP_MILLISECONDS);
    // Who asked for nothing old gets nothing old.
    const floor = admitted.since === undefined && earlier < connectedAt ? connectedAt : earlier;
    return { sentAt: floor, messageId: '0', channelId: 0, endpointId: '0' };
  }

  private async acknowledged({ closed }: LiveConnection, sent: Promise<void>[]): Promise<void> {
    const done = new AbortController();
    await Promise.race([
      Promise.all(sent),
      this.clock.sleep(PATIENCE_MILLISECONDS, AbortSignal.any([closed, done.signal])),
    ]);
    done.abort();
  }

  /** A page for each connection. */
  private async ask(organisationId: number, questions: Question[]): Promise<Missed[][]> {
    const { channels } = await this.channels.load(organisationId);
    const codes = new Map(channels.filter(({ kind }) => kind === 'inbox').map(({ id, code }) => [id, code]));
    const rows = await this.tenants
      .of(organisationId)
      .query<MissedRow>(MISSED_ITEMS, [
        this.clock.now(),
        await this.presence.living(),
        [...codes.keys()],
        PAGE,
        questions.map((_, n) => n),
        questions.map(({ connection }) => connection.admitted.recipientId),
        questions.map(({ connection }) => connection.admitted.applicationId),
        questions.map(({ after }) => after.sentAt),
        questions.map(({ after }) => after.messageId),
        questions.map(({ after }) => after.channelId),
        questions.map(({ after }) => after.endpointId),
      ]);
    const pages = groupBy(rows, ({ n }) => n);
    return Promise.all(
      questions.map(({ connection }, n) =>
        Promise.all((pages.get(n) ?? []).map((row) => this.item(connection, row, codes.get(row.channelId) ?? ''))),
      ),
    );
  }

  private async item(
    { id, organisationId, admitted }: LiveConnection,
    row: MissedRow,
    channel: string,
  ): Promise<Missed> {
    const { messageId, channelId, endpointId, sentAt, readAt, category, sender } = row;
    const { person, organisationLocale } = admitted;
    const content = await this.words.of(organisationId, row, { person, organisationLocale });
    return {
      item: { messageId, channelId, endpointId, channel, content, sentAt, readAt, category, sender },
      wanted: !row.latestOnly || row.latestId === id,
    };
  }
}

const referenceOf = ({ messageId, channelId, endpointId }: InboxPlace): string =>
  deliveryReference(messageId, channelId, endpointId);
