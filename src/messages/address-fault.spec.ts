import { describe, expect, it } from '@jest/globals';
import { addressFault } from './address-fault.js';

describe('raw addresses', () => {
  it.each(['18660886275', '+8613812345678', '10086'])('%s can be a phone', (phone) =>
    expect(addressFault('sms', phone)).toBeNull(),
  );
  it.each(['USER001', '', '123', '1'.repeat(21)])('%j cannot', (phone) =>
    expect(addressFault('sms', phone)).toBe('invalid-address'),
  );
  it.each(['zhaoli@126.com', 'a.b+c@sub.example.org', 'root@localhost'])('%s can be a mailbox', (mail) =>
    expect(addressFault('email', mail)).toBeNull(),
  );
  it.each(['zhaoli', 'a b@c.de', 'a@b@c.de', '<a@b.de>', 'a@b.de\r\nBcc: x@y.z'])('%j cannot', (mail) =>
    expect(addressFault('email', mail)).toBe('invalid-address'),
  );
  it('an inbox belongs to a known recipient or to nobody', () =>
    expect(addressFault('inbox', 'X')).toBe('unknown-recipient'));
});
