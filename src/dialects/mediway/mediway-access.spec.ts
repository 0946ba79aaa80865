import { describe, expect, it } from '@jest/globals';
import { within } from './mediway-access.js';

describe('addresses an application calls from', () => {
  it.each([
    ['10.1.2.3', ['10.1.2.3'], true],
    ['10.1.2.4', ['10.1.2.3'], false],
    ['10.1.255.4', ['192.168.0.1', '10.1.0.0/16'], true],
    ['10.2.0.1', ['10.1.0.0/16'], false],
    ['::ffff:10.1.2.3', ['10.1.0.0/16'], true],
    ['fd00::17', ['fd00::/8'], true],
    ['fe80::1', ['fd00::/8', '0.0.0.0/0'], false],
    ['::1', ['::1'], true],
    ['8.8.8.8', ['0.0.0.0/0'], true],
    ['10.1.2.3', [], false],
  ])('%s in %j: %s', (address, ranges, expected) => {
    expect(within(ranges, address)).toBe(expected);
  });
});
