import { describe, expect, it } from '@jest/globals';
import { checkSettings } from '../account-settings.js';
import { VIVO } from './definition.js';

const REQUIRED = { appId: '10004', appKey: 'k', appSecret: 's' };

describe('the class of vivo messages', () => {
  it('has to have the category that a message names', () => {
    const problems = (options: Record<string, unknown>): unknown => VIVO.checkOptions?.(options);
    expect(problems({ classification: 1, category: 'NEWS' })).toEqual([
      { path: 'category', message: 'is a category of operations messages, classification 0' },
    ]);
    expect(problems({ classification: 0, category: 'IM' })).toEqual([
      { path: 'category', message: 'is a category of system messages, classification 1' },
    ]);
    expect(problems({ classification: 1, category: 'IM' })).toEqual([]);
    expect(problems({ category: 'IM' })).toEqual([]);
    expect(problems({ classification: 1 })).toEqual([]);
  });

  it('has to have the category of its account', () => {
    expect(() => checkSettings(VIVO, { ...REQUIRED, classification: 0, category: 'IM' })).toThrow('settings.category');
    expect(() => checkSettings(VIVO, { ...REQUIRED, appId: 'app' })).toThrow('settings.appId');
    expect(checkSettings(VIVO, { ...REQUIRED, category: 'IM' }).settings).toMatchObject({ pushMode: 0, notifyType: 4 });
  });
});
