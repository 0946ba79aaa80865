import type { MessageDelivery } from './message-deliveries.js';
import type { MessageSummary } from './message-reader.js';
import type { TimelineEventDto } from './timeline.dto.js';

type Event = TimelineEventDto;

/** What is stored of a message, and of one person's deliveries, told as events in order. */
export function toTimeline(message: MessageSummary, deliveries: readonly MessageDelivery[]): Event[] {
  const events = [...beginning(message), ...deliveries.flatMap(deliveryEvents), ...ending(message)];
  // The sort is stable: what happened in the same millisecond stays in the order it must have happened in.
  return events.sort((left, right) => left.at.getTime() - right.at.getTime());
}

function beginning({ api, application, createdAt, sendAt, plannedAt, target, channelIds }: MessageSummary): Event[] {
  const by = application === null ? 'the admin' : `application ${application}`;
  const events: Event[] = [{ at: createdAt, event: 'accepted', detail: `from ${by} through the ${api} API` }];
  if (sendAt !== null && sendAt > createdAt) {
    events.push({ at: createdAt, event: 'scheduled', detail: `to be sent at ${sendAt.toISOString()}` });
  }
  if (plannedAt !== null) {
    const detail = `${count(target, 'endpoint')} on ${count(channelIds.length, 'channel')}`;
    events.push({ at: plannedAt, event: 'planned', detail });
  }
  return events;
}

function ending(message: MessageSummary): Event[] {
  const { state, finishedAt: at, target, sent, delivered, read, failed, unknown } = message;
  if (at === null) return [];
  const counts = `${sent} sent (${delivered} delivered, ${read} read), ${failed} failed, ${unknown} unknown`;
  if (state === 'done') return [{ at, event: 'finished', detail: `last outcome; now ${counts}` }];
  if (state === 'expired') return [{ at, event: 'expired', detail: 'before it was planned; nobody got it' }];
  const detail = `${counts}, ${target - sent - failed - unknown} of ${target} planned not sent`;
  return state === 'cancelled' ? [{ at, event: 'cancelled', detail }] : [];
}

function deliveryEvents(delivery: MessageDelivery): Event[] {
  const { channel, endpointId, address, account, state, reason, createdAt } = delivery;
  const where = `channel ${channel ?? 'deleted'} to ${address ?? `the deleted endpoint ${endpointId}`}`;
  const events: Event[] = [];
  const tell = (at: Date | null, event: Event['event'], detail: string): void => {
    if (at !== null) events.push({ at, event, detail });
  };
  if (state === 'retrying') tell(createdAt, 'recorded', `${where}: is tried again (${reason ?? 'no reason given'})`);
  if (state === 'unknown')
    tell(createdAt, 'recorded', `${where}: the answer was lost (${reason ?? 'no reason given'})`);
  tell(delivery.sentAt, 'sent', `${where}: taken by ${account ?? 'a deleted account'}`);
  tell(delivery.deliveredAt, 'delivered', where);
  tell(delivery.readAt, 'read', where);
  tell(delivery.failedAt, 'failed', `${where}: ${reason ?? 'no reason given'}`);
  return events;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
