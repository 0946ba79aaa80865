import { describe, expect, it } from '@jest/globals';
import { readWorkPlusSettings, WORKPLUS_DEFAULTS } from './workplus-settings.js';

const OWN = { domainId: 'atwork', orgId: 'o' };

describe('the WorkPlus settings of an application', () => {
  it('are undefined when there are none', () => {
    expect(readWorkPlusSettings({})).toBeUndefined();
    expect(readWorkPlusSettings({ workplus: null })).toBeUndefined();
    expect(
      readWorkPlusSettings(JSON.parse('{"__proto__": {"workplus": {}}}') as Record<string, unknown>),
    ).toBeUndefined();
  });

  it('have defaults for all but the domain and the organisation', () => {
    expect(readWorkPlusSettings({ workplus: { ...OWN, channel: null } })).toEqual({ ...WORKPLUS_DEFAULTS, ...OWN });
    expect(WORKPLUS_DEFAULTS).toEqual({
      channel: 'app',
      locale: 'zh-CN',
      checkMedia: true,
      fileMaxBytes: 20_971_520,
      imageMaxBytes: 5_242_880,
    });
  });

  it('name everything that is wrong', () => {
    const workplus = {
      orgId: 7,
      appId: 'a b',
      checkMedia: 'yes',
      fileMaxBytes: 0,
      imageMaxBytes: 2 ** 40,
      locale: 'x_y',
    };
    expect(() => readWorkPlusSettings({ workplus })).toThrow(
      /domainId: is required; .*orgId: must be .*appId: must be .*locale: must be .*checkMedia: must be .*fileMaxBytes: must be .*imageMaxBytes: must be/,
    );
    for (const wrong of ['x', [], 7])
      expect(() => readWorkPlusSettings({ workplus: wrong })).toThrow('must be an object');
  });
});
