import { describe, expect, it } from '@jest/globals';
import type { ChannelKind } from '../channels/channel-kind.js';
import { normaliseAddress } from './address.js';

describe('normaliseAddress', () => {
  it.each<[ChannelKind, string, string]>([
    ['sms', ' +86 186-6088 6275 ', '+8618660886275'],
    ['sms', '10086', '10086'],
    ['email', ' Wei.Zhang@Example.COM ', 'Wei.Zhang@example.com'],
    ['email', '用户@例子.公司', '用户@例子.公司'],
    ['email', 'root@mailhost', 'root@mailhost'],
    ['push', ' aB:c-9 ', 'aB:c-9'],
  ])('spells %s address "%s" as "%s"', (kind, text, address) => {
    expect(normaliseAddress(kind, text)).toBe(address);
  });

  it.each<[ChannelKind, string]>([
    ['sms', ''],
    ['sms', '1234'],
    ['sms', '123456789012345678901'],
    ['sms', '86+10086'],
    ['email', 'wei'],
    ['email', '@example.com'],
    ['email', 'wei@'],
    ['email', 'wei@example.com.'],
    ['email', 'a b@example.com'],
    ['email', 'a@b@example.com'],
    ['email', 'wei@example.com\r\nBcc: all@example.com'],
    ['email', 'Wei <wei@example.com>'],
    ['push', '  '],
    ['push', 'a\u0000b'],
    ['push', '界'.repeat(667)],
  ])('refuses %s address "%s"', (kind, text) => {
    expect(normaliseAddress(kind, text)).toBeUndefined();
  });
});
