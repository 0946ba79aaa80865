import { describe, expect, it } from '@jest/globals';
import { pickLocale } from './locale-fallback.js';

describe('pickLocale', () => {
  const cases: [string[], string | undefined, string, string][] = [
    [['en', 'zh-CN', 'zh'], 'zh-CN', 'en', 'zh-CN'],
    [['en', 'zh_cn'], 'ZH-CN', 'en', 'zh_cn'],
    [['en', 'zh-TW', 'zh'], 'zh-CN', 'en', 'zh'],
    [['en', 'zh-TW', 'zh-HK'], 'zh-CN', 'en', 'zh-TW'],
    [['en', 'zh-Hant', 'zh-CN'], 'zh-Hant-TW', 'en', 'zh-Hant'],
    [['en', 'zh-CN'], 'zh', 'en', 'zh-CN'],
    [['zh', 'en-GB'], 'fr', 'en', 'en-GB'],
    [['zh', 'en'], undefined, 'en', 'en'],
    [['zh', 'en'], '', 'en', 'en'],
    [['zhx', 'de'], 'zh', 'en', 'zhx'],
    [['de', 'zhx'], 'zh', 'en', 'de'],
    [[], 'zh', 'en', 'en'],
  ];
  it.each(cases)('of %j for %s (fallback %s): %s', (available, wanted, fallback, picked) => {
    expect(pickLocale(available, wanted, fallback)).toBe(picked);
  });
});
