import { describe, expect, it } from '@jest/globals';
import { checkSettings } from '../account-settings.js';
import { OPPO } from './definition.js';

const REQUIRED = { appKey: 'k', masterSecret: 's' };

describe('the settings of an OPPO account', () => {
  it('need a category for a notify level', () => {
    expect(() => checkSettings(OPPO, { ...REQUIRED, notifyLevel: 2 })).toThrow('settings.notifyLevel');
    expect(checkSettings(OPPO, { ...REQUIRED, notifyLevel: 2, category: 'IM' }).settings).toMatchObject({
      baseUrl: 'https://api-push-cn.heytapmobi.com',
      fieldCase: 'snake',
      badgeAllowed: false,
      notifyLevel: 2,
    });
  });
});

describe('the options of an OPPO push', () => {
  const problems = (options: Record<string, unknown>): unknown => OPPO.checkOptions?.(options);

  it('need a category for a notify level, and a template for its parameters', () => {
    expect(problems({ notifyLevel: 16 })).toEqual([{ path: 'notifyLevel', message: 'needs a category' }]);
    expect(problems({ privateTitleParameters: {}, privateContentParameters: {} })).toEqual([
      { path: 'privateTitleParameters', message: 'needs privateTemplateId' },
      { path: 'privateContentParameters', message: 'needs privateTemplateId' },
    ]);
    expect(problems({ notifyLevel: 16, category: 'IM', privateTemplateId: 't', privateTitleParameters: {} })).toEqual(
      [],
    );
  });
});
