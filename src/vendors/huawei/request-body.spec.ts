import { describe, expect, it } from '@jest/globals';
import { vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import type { Content } from '../../channels/channel-kind.js';
import { pushWords } from '../push/push-words.js';
import type { VendorRequest } from '../vendor.js';
import { HUAWEI } from './definition.js';
import { messageOf } from './request-body.js';

interface Message {
  data?: string;
  android: { urgency: string; ttl?: string; notification: Record<string, unknown> };
}

/** What is sent of a push with these options, by an account with these settings. */
function messageFor(
  push: unknown,
  {
    settings = {},
    content = { title: 'T', text: 'B' },
    priority,
  }: { settings?: Record<string, unknown>; content?: Content; priority?: VendorRequest['priority'] } = {},
): Message {
  const account = vendorAccount(HUAWEI, { appId: '1', appSecret: 's', ...settings });
  const request = vendorRequest(account, [], { options: { push }, ...(priority === undefined ? {} : { priority }) });
  const message: unknown = messageOf(pushWords(request, content, HUAWEI.code, new Date()), request);
  return JSON.parse(JSON.stringify(message)) as Message;
}

describe('the message for Huawei', () => {
  it('of low priority is shown quietly, unless it says otherwise', () => {
    const importance = (push: unknown): unknown =>
      messageFor(push, { priority: 'low' }).android.notification['importance'];
    expect(importance({})).toBe('LOW');
    expect(importance({ vendors: { huawei: { importance: 'NORMAL' } } })).toBe('NORMAL');
  });

  it.each([
    [false, 'high', undefined, 'NORMAL'],
    [false, 'high', 'HIGH', 'NORMAL'],
    [true, 'high', undefined, 'HIGH'],
    [true, 'high', 'NORMAL', 'NORMAL'],
    [true, 'normal', undefined, 'NORMAL'],
    [true, 'normal', 'HIGH', 'HIGH'],
  ] as const)(
    'with the right to high urgency %s, of priority %s, asking for %s, is %s',
    (right, priority, asked, urgency) => {
      const push = { vendors: { huawei: { urgency: asked } } };
      expect(messageFor(push, { settings: { highUrgency: right }, priority }).android.urgency).toBe(urgency);
    },
  );

  it.each([
    [{ set: 120 }, { set_num: 99, class: 'com.example.Main' }],
    [{ set: 0 }, { set_num: 0, class: 'com.example.Main' }],
    [{ add: 500 }, { add_num: 99, class: 'com.example.Main' }],
    [{ add: -1 }, undefined],
  ])('keeps the number on the icon within what Huawei shows: %j', (badge, shown) => {
    const settings = { badgeClass: 'com.example.Main' };
    expect(messageFor({ badge }, { settings }).android.notification['badge']).toEqual(shown);
    expect(messageFor({ badge }).android.notification['badge']).toBeUndefined();
  });

  it.each([
    [{ url: 'http://intranet/1' }, {}, { type: 3 }],
    [{ url: 'app://page/1' }, {}, { type: 1, intent: 'app://page/1' }],
    [{}, { intent: 'intent://p#Intent;end' }, { type: 1, intent: 'intent://p#Intent;end' }],
    [{}, { intent: 'com.example.OPEN' }, { type: 1, action: 'com.example.OPEN' }],
  ])('leads from %j and %j to where Huawei can', (words, android, click) => {
    const { notification } = messageFor({ android }, { content: { title: 'T', text: 'B', ...words } }).android;
    expect(notification['click_action']).toEqual(click);
  });

  it('fills in the title by the text, and the text by the title', () => {
    expect(messageFor({}, { content: { text: 'B' } }).android.notification).toMatchObject({ title: 'B', body: 'B' });
    expect(messageFor({}, { content: { title: 'T' } }).android.notification).toMatchObject({ title: 'T', body: 'T' });
  });

  it('is kept for 15 days at most', () => {
    const displayUntil = new Date(Date.now() + 30 * 86_400_000).toISOString();
    expect(messageFor({ displayUntil }).android.ttl).toBe('1296000s');
  });
});
