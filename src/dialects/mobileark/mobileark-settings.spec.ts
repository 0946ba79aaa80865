import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../common/problem.js';
import { MOBILEARK_DEFAULTS, readMobilearkSettings } from './mobileark-settings.js';

describe('readMobilearkSettings', () => {
  it.each([
    undefined,
    null,
    {},
    { mobileark: null },
    { mobileark: { requireSign: null, channels: null, limits: { calls: null } } },
    { mediway: { auth: 1 } },
  ])('gives the defaults for %j', (settings) => {
    expect(readMobilearkSettings(settings)).toEqual(MOBILEARK_DEFAULTS);
  });

  it('takes what is set, keeps the defaults beside it, and leaves out what it does not know', () => {
    const mobileark = {
      requireSign: false,
      includeSubDepartments: true,
      channels: { im: 'chat', more: 'x' },
      rtcMode: true,
      allowRegionalNumbers: true,
      limits: { calls: 5, phones: 10 },
      smsSign: '烽火',
      more: 1,
    };
    expect(readMobilearkSettings({ mobileark })).toStrictEqual({
      requireSign: false,
      channels: { im: 'chat', system: 'system', sms: 'sms' },
      rtcMode: true,
      allowRegionalNumbers: true,
      limits: { receivers: 100, calls: 5, windowSeconds: 300, phones: 10 },
      smsSign: '烽火',
    });
  });

  it.each<[string, object]>([
    ['requireSign', { requireSign: 'false' }],
    ['requireSign', { requireSign: 0 }],
    ['includeSubDepartments', { includeSubDepartments: false }],
    ['channels.im', { channels: { im: '' } }],
    ['channels.system', { channels: { system: 1 } }],
    ['channels.sms', { channels: { sms: 'x'.repeat(65) } }],
    ['rtcMode', { rtcMode: 'yes' }],
    ['allowRegionalNumbers', { allowRegionalNumbers: 1 }],
    ['limits.receivers', { limits: { receivers: 0 } }],
    ['limits.calls', { limits: { calls: '3' } }],
    ['limits.windowSeconds', { limits: { windowSeconds: 1.5 } }],
    ['limits.phones', { limits: { phones: 5_001 } }],
    ['smsSign', { smsSign: ' ' }],
    ['smsSign', { smsSign: 'x'.repeat(33) }],
  ])('refuses a wrong %s by name instead of falling back', (name, mobileark) => {
    expect(() => readMobilearkSettings({ mobileark })).toThrow(Problem);
    expect(() => readMobilearkSettings({ mobileark })).toThrow(`settings.mobileark.${name}: `);
  });

  it.each([
    ['settings', 'x'],
    ['settings.mobileark', { mobileark: [] }],
    ['settings.mobileark.channels', { mobileark: { channels: 'im' } }],
    ['settings.mobileark.limits', { mobileark: { limits: [3] } }],
  ])('refuses %s that is no object', (path, settings) => {
    expect(() => readMobilearkSettings(settings)).toThrow(`${path}: must be an object`);
  });
});
