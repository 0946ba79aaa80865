import { describe, expect, it } from '@jest/globals';
import type { RouteAccount } from '../../channels/organisation-channels.js';
import { chooseRoute, type Distribution, readDistribution } from './distribution.js';
import { WireFields } from './wire-fields.js';

const account = (code: string, vendor: string, serves = '', enabled = true): RouteAccount =>
  ({ code, vendor, serves, enabled }) as RouteAccount;

const ROUTE = [
  account('fcm-main', 'fcm'),
  account('live-main', 'live'),
  account('hw-off', 'huawei', '', false),
  account('hw', 'huawei', 'huawei'),
  account('gateway', 'webhook'),
  account('mi-gateway', 'webhook', 'xiaomi'),
  account('harmony', 'harmony', 'harmony'),
  account('browser', 'webpush', 'webpush'),
  account('apple', 'apns'),
];

const of = (setting: object): Distribution => readDistribution(WireFields.from(setting, 'setting'));
const route = (setting: object): string[] => chooseRoute(ROUTE, of(setting), 'live');

describe('the accounts a task tries', () => {
  it('are the live one, then those of the vendors in the sequence, then those for no vendor in particular', () => {
    expect(route({})).toEqual(['live-main', 'apple', 'mi-gateway', 'hw', 'harmony', 'fcm-main', 'gateway']);
    expect(route({ ospush_sequence: ['fcm', 'ups'] })).toEqual([
      'live-main',
      'apple',
      'fcm-main',
      'mi-gateway',
      'hw',
      'harmony',
      'gateway',
    ]);
    expect(route({ ospush_sequence: ['huawei', 'fcm', 'ups'] })).toEqual([
      'live-main',
      'apple',
      'hw',
      'harmony',
      'fcm-main',
      'mi-gateway',
      'gateway',
    ]);
  });

  it('are only those the strategy allows', () => {
    expect(route({ distribution_strategy: 'mxpush_only' })).toEqual(['live-main']);
    expect(route({ distribution_strategy: 'ospush_only', ospush_sequence: ['fcm'] })).toEqual([
      'apple',
      'fcm-main',
      'gateway',
    ]);
  });

  it('may have the live one under a code that the settings give', () => {
    const routed = [account('hw', 'huawei'), account('socket', 'sandbox')];
    expect(chooseRoute(routed, of({}), 'socket')).toEqual(['socket', 'hw']);
    expect(chooseRoute(routed, of({ distribution_strategy: 'mxpush_only' }), 'live')).toEqual([]);
  });
});
