import { describe, expect, it } from '@jest/globals';
import { pageOf } from '../../common/pagination.js';
import { cursorPlace, type InboxPlace, placeText } from './inbox-cursor.js';

const PLACE: InboxPlace = {
  sentAt: new Date('2026-12-01T02:00:00.123Z'),
  messageId: '9007199254740993',
  channelId: 3,
  endpointId: '45',
};

describe('the cursor of an inbox', () => {
  it('leads back to its place', () => {
    const { nextCursor } = pageOf([PLACE, PLACE], 1, placeText, (place) => place);
    expect(cursorPlace(nextCursor ?? undefined)).toEqual(PLACE);
  });

  it('is not needed', () => {
    expect(cursorPlace(undefined)).toBeUndefined();
    expect(cursorPlace('')).toBeUndefined();
  });

  it('is refused when it is none of this list', () => {
    for (const text of ['1', 'x 1-1-1', '1764554400123 1-1', '9999999999999999 1-1-1']) {
      expect(() => cursorPlace(Buffer.from(text).toString('base64url'))).toThrow('cursor');
    }
  });
});
