import { describe, expect, it } from '@jest/globals';
import { previewVersion } from './preview-version.js';
import type { DeclaredVariable } from './rendering/declared-variables.js';
import type { TemplateContents } from './template-version.entity.js';

const contents: TemplateContents = {
  sms: { 'zh-CN': { text: '您好 ${name}' }, en: { text: 'Hello ${name}' } },
  inbox: { en: { html: '<p onclick="x()">${name}</p><script>x()</script>', text: '${amount}' } },
};
const variables: DeclaredVariable[] = [{ name: 'name', type: 'string', required: true }];
const version = { contents, variables };
const params = { name: '<Li>', amount: 5 };

describe('previewVersion', () => {
  it('renders every kind, with the HTML of an inbox sanitised', () => {
    expect(previewVersion(version, { params, fallbackLocale: 'zh-CN' })).toEqual({
      sms: { locale: 'zh-CN', content: { text: '您好 <Li>' } },
      inbox: { locale: 'en', content: { html: '<p>&lt;Li&gt;</p>', text: '5' } },
    });
  });

  it('prefers the locale asked for, then the person’s, then the fallback', () => {
    const recipient = { code: 'U1', locale: 'en-GB' };
    const of = (locale?: string): string | undefined =>
      previewVersion(version, { kind: 'sms', locale, recipient, params, fallbackLocale: 'zh-CN' }).sms?.locale;
    expect([of('zh-TW'), of()]).toEqual(['zh-CN', 'en']);
  });

  it('names missing variables of all kinds, declared ones first', () => {
    expect(() => previewVersion(version, { params: {}, fallbackLocale: 'en' })).toThrow(
      expect.objectContaining({ code: 'invalid_params', errors: [{ path: 'params.name', message: 'is required' }] }),
    );
    const undeclared = {
      contents: { sms: { en: { text: '${a} ${recipient.name}' } }, push: { en: { text: '${a} ${b}' } } },
      variables: [],
    };
    expect(() => previewVersion(undeclared, { params: {}, fallbackLocale: 'en' })).toThrow(
      expect.objectContaining({
        code: 'missing_variable',
        errors: ['params.a', 'recipient.name', 'params.b'].map((path) => expect.objectContaining({ path })),
      }),
    );
  });

  it('says which kinds there are when asked for another', () => {
    expect(() => previewVersion(version, { kind: 'email', params, fallbackLocale: 'en' })).toThrow(
      /kind: this version has no content for email, only for sms, inbox/,
    );
  });
});
