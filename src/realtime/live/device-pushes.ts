import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { groupBy } from '../../common/group-by.js';
import { Problem } from '../../common/problem.js';
import type { Content } from '../../channels/channel-kind.js';
import { Tenants } from '../../database/tenants.js';
import { type MessageWords, MessageWordsLoader } from '../../messages/message-words.js';
import { deliveryReference, parseReference } from '../../messages/reference.js';
import type { TemplateRecipient } from '../../templates/rendering/render-content.js';
import { ReceiptSink } from '../../vendors/receipt-sink.js';
import { ByOrganisation } from './by-organisation.js';
import type { LivePush } from './events.js';
import type { LiveConnection } from './live-connection.js';
import { LiveConnections } from './live-connections.js';
import type { PushNews } from './notification.js';
import { LOAD_PEOPLE, SENT_PUSHES } from './sql/sent-pushes.js';

const DAY = 86_400_000;
/** A push may have waited for days before it was sent, and stands in the records under the day of its message. */
const DAYS_OF_MESSAGES = 8;
const MOST_AGAIN = 100;
const MOST_TOGETHER = 100;

interface Delivery {
  messageId: string;
  channelId: number;
  endpointId: string;
  recipientId: string;
}

interface SentRow extends Omit<Delivery, 'recipientId'> {
  n: number;
  accountId: number;
}

interface SentPush {
  accountId: number;
  reference: string;
}

/** Pushes to devices that are connected here; what a device acknowledges is delivered. */
@Injectable()
export class DevicePushes {
  private readonly logger = new Logger(DevicePushes.name);
  private readonly unacknowledged = new ByOrganisation<LiveConnection, SentPush[]>(
    (organisationId, connections) => this.ask(organisationId, connections),
    MOST_TOGETHER,
  );

  constructor(
    private readonly tenants: Tenants,
    private readonly words: MessageWordsLoader,
    private readonly connections: LiveConnections,
    private readonly receipts: ReceiptSink,
    private readonly clock: Clock,
  ) {}

  async push(organisationId: number, accountId: number, pushes: readonly PushNews[]): Promise<void> {
    const deliveries = pushes.flatMap(({ reference, recipientId }): Delivery[] => {
      const delivery = parseReference(reference);
      return delivery === undefined ? [] : [{ ...delivery, recipientId }];
    });
    await this.deliver(
      organisationId,
      accountId,
      deliveries.filter((delivery) => this.holders(organisationId, delivery).length > 0),
    );
  }

  /** What this device was sent and did not acknowledge, once more. */
  async again(connection: LiveConnection): Promise<void> {
    if (connection.admitted.endpointId === null || connection.closed.aborted) return;
    const { organisationId } = connection;
    const sent = await this.unacknowledged.about(organisationId, connection);
    for (const [accountId, group] of groupBy(sent, (one) => one.accountId)) {
      await this.push(
        organisationId,
        accountId,
        group.map(({ reference }) => ({ reference, recipientId: connection.admitted.recipientId })),
      );
    }
  }

  private async deliver(organisationId: number, accountId: number, deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const messageIds = [...new Set(deliveries.map(({ messageId }) => messageId))];
    const messages = await Promise.all(messageIds.map((id) => this.words.of(organisationId, id)));
    const words = new Map(messages.map((message) => [message.messageId, message]));
    const people = await this.people(organisationId, deliveries, words);
    for (const delivery of deliveries) {
      const message = words.get(delivery.messageId);
      for (const connection of this.holders(organisationId, delivery)) {
        const person = people.get(delivery.recipientId) ?? connection.admitted.person;
        const push = message === undefined ? undefined : toPush(delivery, message, person);
        if (push !== undefined && !connection.has(push.id)) void this.send(connection, accountId, push);
      }
    }
  }

  private async send(connection: LiveConnection, accountId: number, push: LivePush): Promise<void> {
    const { organisationId } = connection;
    await connection.push(push);
    try {
      const receipt = { reference: push.id, status: 'delivered', at: this.clock.now() } as const;
      await this.receipts.submit({ organisationId, id: accountId }, [receipt]);
    } catch (error) {
      // It stays `sent`, and is sent again when the device connects again.
      this.logger.warn(`A device's acknowledgement is lost: ${String(error)}`);
    }
  }

  /** The device's connections here; one that was opened for somebody who had it before gets nothing of whose it is now. */
  private holders(organisationId: number, { endpointId, recipientId }: Delivery): LiveConnection[] {
    const connections = [...this.connections.ofDevice(organisationId, endpointId)];
    return connections.filter(({ admitted }) => admitted.recipientId === recipientId);
  }

  /** People as they are now, where a message speaks of them. */
  private async people(
    organisationId: number,
    deliveries: readonly Delivery[],
    words: ReadonlyMap<string, MessageWords>,
  ): Promise<Map<string, TemplateRecipient>> {
    const ids = deliveries
      .filter(({ messageId, channelId }) => words.get(messageId)?.channel(channelId)?.personal === true)
      .map(({ recipientId }) => recipientId);
    if (ids.length === 0) return new Map();
    const rows = await this.tenants
      .of(organisationId)
      .query<TemplateRecipient & { id: string }>(LOAD_PEOPLE, [[...new Set(ids)]]);
    return new Map(rows.map(({ id, ...person }) => [id, person]));
  }

  private async ask(organisationId: number, connections: LiveConnection[]): Promise<SentPush[][]> {
    const now = this.clock.now();
    const rows = await this.tenants
      .of(organisationId)
      .query<SentRow>(SENT_PUSHES, [
        now,
        new Date(now.getTime() - DAY),
        new Date(now.getTime() - DAYS_OF_MESSAGES * DAY).toISOString().slice(0, 10),
        MOST_AGAIN,
        connections.map((_, n) => n),
        connections.map(({ admitted }) => admitted.recipientId),
        connections.map(({ admitted }) => admitted.endpointId),
      ]);
    const byConnection = groupBy(rows, ({ n }) => n);
    return connections.map((_, n) =>
      (byConnection.get(n) ?? []).map(({ accountId, messageId, channelId, endpointId }) => ({
        accountId,
        reference: deliveryReference(messageId, channelId, endpointId),
      })),
    );
  }
}

function toPush(
  { messageId, channelId, endpointId }: Delivery,
  message: MessageWords,
  person: TemplateRecipient,
): LivePush | undefined {
  const content = contentOf(message, channelId, person);
  if (content === undefined) return undefined;
  const { push } = message.options;
  return {
    id: deliveryReference(messageId, channelId, endpointId),
    title: content.title ?? null,
    text: content.text ?? null,
    url: content.url ?? null,
    ext: content.ext ?? null,
    options: typeof push === 'object' && push !== null ? (push as Record<string, unknown>) : {},
  };
}

function contentOf(message: MessageWords, channelId: number, person: TemplateRecipient): Content | undefined {
  const words = message.channel(channelId);
  try {
    return words?.render(words.localeFor(person.locale ?? null), person);
  } catch (error) {
    // The person has changed since it was sent, and lacks what the template says of them.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
