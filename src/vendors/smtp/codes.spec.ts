import { describe, expect, it } from '@jest/globals';
import { judgeReply } from './codes.js';

function judged(response: string, command = 'RCPT TO'): string {
  const { outcome, account } = judgeReply({ responseCode: Number(response.slice(0, 3)), response, command });
  return account ? `account ${account.problem}, ${outcome.status}` : outcome.status;
}

describe('a reply of a mail server', () => {
  it.each([
    ['550 5.1.1 unknown', 'address-gone'],
    ['550-5.1.1 unknown, more follows\n550 5.1.1 end', 'address-gone'],
    ['550 5.1.2 no such domain', 'address-gone'],
    ['553 5.1.3 bad syntax', 'address-gone'],
    ['551 5.1.6 moved', 'address-gone'],
    ['556 5.1.10 null MX', 'address-gone'],
    ['550 5.1.0 some address problem', 'rejected'],
    ['550 5.2.1 disabled', 'unreachable'],
    ['552 5.2.2 full', 'retry'],
    ['452 4.2.2 full', 'retry'],
    ['552 5.3.4 too big', 'rejected'],
    ['421 4.4.2 timeout', 'retry'],
    ['450 4.7.1 greylisted', 'retry'],
    ['550 5.7.26 DMARC', 'rejected'],
    ['550 5.7.1 spam', 'rejected'],
    ['550 5.4.5 daily limit', 'account quota, retry'],
    ['530 5.7.0 authentication required', 'account credentials, retry'],
    ['550 5.7.60 may not send as this sender', 'account credentials, retry'],
    ['550 unknown', 'rejected'],
    ['450 busy', 'retry'],
    ['503 wrong order', 'retry'],
    ['450 5.1.1 for now', 'retry'],
    ['550 5.1.11 something new', 'rejected'],
    ['550 5.1.1.1 nonsense', 'rejected'],
  ])('to a recipient, %s, is %s', (response, expected) => {
    expect(judged(response)).toBe(expected);
  });

  it.each([
    ['550 5.1.1 sender unknown', 'account credentials, retry'],
    ['550 sender refused', 'account credentials, retry'],
    ['550 5.7.1 not allowed to send', 'account credentials, retry'],
    ['450 4.7.1 slow down', 'account throttled, retry'],
    ['452 4.3.1 no space', 'retry'],
    ['552 5.3.4 too big', 'rejected'],
  ])('to the sender, %s, is %s', (response, expected) => {
    expect(judged(response, 'MAIL FROM')).toBe(expected);
  });
});
