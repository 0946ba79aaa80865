import { describe, expect, it } from '@jest/globals';
import {
  closeNotifications,
  type InboxNews,
  inboxNotifications,
  pushNotifications,
  readNotification,
} from './notification.js';

const LARGEST = 7_500;
const LARGEST_ID = 9_223_372_036_854_775_807n;
const ids = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(LARGEST_ID - BigInt(index)));

function inboxNews(texts: readonly string[]): InboxNews[] {
  return texts.flatMap((text) => {
    const notification = readNotification(text);
    return notification?.kind === 'inbox' ? notification.news : [];
  });
}

describe('a notification', () => {
  it('of a broadcast is split so that each part fits, and names everybody once', () => {
    const people = ids(2_000);
    const texts = inboxNotifications(2_147_483_647, [
      { messageId: String(LARGEST_ID), channelId: 2_147_483_647, recipientIds: people },
    ]);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(LARGEST);
    expect(texts.length).toBeLessThan(8);
    expect(inboxNews(texts).flatMap(({ recipientIds }) => recipientIds)).toEqual(people);
  });

  it('of many messages to one person each holds many of them', () => {
    const news = ids(400).map((messageId) => ({ messageId, channelId: 7, recipientIds: [messageId] }));
    const texts = inboxNotifications(1, news);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(LARGEST);
    expect(texts.length).toBeLessThan(4);
    expect(inboxNews(texts)).toEqual(news);
  });

  it('of nothing is none', () => {
    expect(inboxNotifications(1, [])).toEqual([]);
    expect(inboxNotifications(1, [{ messageId: '1', channelId: 1, recipientIds: [] }])).toEqual([]);
    expect(pushNotifications(1, 1, [])).toEqual([]);
    expect(closeNotifications(1, [])).toEqual([]);
  });

  it('of pushes and of connections to close says the same when it is read', () => {
    const pushes = ids(500).map((recipientId) => ({
      reference: `${'z'.repeat(13)}-zik0zj-${'z'.repeat(13)}`,
      recipientId,
    }));
    const texts = pushNotifications(3, 9, pushes);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(LARGEST);
    const read = texts.map(readNotification);
    expect(read.flatMap((one) => (one?.kind === 'push' && one.accountId === 9 ? one.pushes : []))).toEqual(pushes);
    expect(closeNotifications(3, ['5']).map(readNotification)).toEqual([
      { kind: 'close', organisationId: 3, connectionIds: ['5'] },
    ]);
  });

  it('that is none of these is not understood', () => {
    for (const text of ['', 'x', '{}', '[]', '["later",1]']) expect(readNotification(text)).toBeUndefined();
  });
});
