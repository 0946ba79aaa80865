import { describe, expect, it } from '@jest/globals';
import type { MessageRequest } from '../../messages/message-request.js';
import { skipUnsaidChannels } from './skip-channels.js';

const channels = [
  { code: '1001', kind: 'sms' as const },
  { code: '1002', kind: 'inbox' as const },
];
const request: MessageRequest = {
  audience: { addresses: { '1001': ['18660886275'], '1002': ['USER001'] } },
  template: { code: 'MSG1001', params: {}, channels: ['1001', '1002'] },
  options: { mediway: { priority: 2, skippedChannels: ['1003'] } },
};

describe('H31: accounts and a template', () => {
  it('leaves out the channels the template lacks, with their accounts, and remembers them', () => {
    expect(skipUnsaidChannels(request, ['inbox', 'email'], channels)).toStrictEqual({
      audience: { addresses: { '1002': ['USER001'] } },
      template: { code: 'MSG1001', params: {}, channels: ['1002'] },
      options: { mediway: { priority: 2, skippedChannels: ['1003', '1001'] } },
    });
  });

  it('refuses when none is left', () => {
    expect(() => skipUnsaidChannels(request, ['email'], channels)).toThrow(/^receiverData: names no account/);
  });

  it('changes nothing where the template has all, or people are named', () => {
    expect(skipUnsaidChannels(request, ['inbox', 'sms'], channels)).toBe(request);
    const people: MessageRequest = { audience: { users: ['USER001'] }, template: { code: 'MSG1001', params: {} } };
    expect(skipUnsaidChannels(people, ['email'], channels)).toBe(people);
  });
});
