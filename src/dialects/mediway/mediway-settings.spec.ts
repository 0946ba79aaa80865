import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../common/problem.js';
import { MEDIWAY_DEFAULTS, readMediwaySettings } from './mediway-settings.js';

describe('readMediwaySettings', () => {
  it.each([undefined, null, {}, { mediway: null }, { mediway: { auth: null } }, { workplus: { auth: 1 } }])(
    'gives the defaults for %j',
    (settings) => {
      expect(readMediwaySettings(settings)).toEqual(MEDIWAY_DEFAULTS);
    },
  );

  it('takes what is set and leaves out what it does not know', () => {
    const mediway = {
      auth: 'token',
      timeZone: 'UTC',
      codeAsString: true,
      mirrorHttpStatus: true,
      allowedAddresses: ['10.0.0.0/8', '192.168.1.5', '2001:db8::/32'],
    };
    expect(readMediwaySettings({ mediway: { ...mediway, more: 1 } })).toStrictEqual(mediway);
  });

  it.each<[string, unknown]>([
    ['auth', 'tokne'],
    ['timeZone', 'Asia/Peking'],
    ['codeAsString', 'yes'],
    ['mirrorHttpStatus', 1],
    ['allowedAddresses', '10.0.0.1'],
    ['allowedAddresses', ['10.0.0']],
    ['allowedAddresses', ['10.0.0.0/33']],
    ['allowedAddresses', ['10.0.0.0/8/8']],
  ])('refuses %s %j by name instead of falling back', (name, value) => {
    expect(() => readMediwaySettings({ mediway: { [name]: value } })).toThrow(Problem);
    expect(() => readMediwaySettings({ mediway: { [name]: value } })).toThrow(`settings.mediway.${name}: `);
  });

  it('refuses settings that are no object', () => {
    expect(() => readMediwaySettings({ mediway: [] })).toThrow('settings.mediway: must be an object');
    expect(() => readMediwaySettings('x')).toThrow('settings: must be an object');
  });
});
