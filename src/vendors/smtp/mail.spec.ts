import { describe, expect, it } from '@jest/globals';
import { composeMail } from './mail.js';
import type { SmtpSettings } from './smtp-settings.js';

const SETTINGS = { from: 'Example Ltd <news@example.com>' } as SmtpSettings;
const TARGET = { reference: '7/42', address: 'ada@example.org' };

describe('a composed mail', () => {
  it('has a text alternative when only HTML was given', () => {
    const mail = composeMail(SETTINGS, { title: 'T', html: '<p>Hello <b>Ada</b></p>' }, TARGET);
    expect(mail).toMatchObject({ html: '<p>Hello <b>Ada</b></p>', text: 'Hello Ada' });
  });

  it('has no HTML part when only text was given', () => {
    expect(composeMail(SETTINGS, { title: 'T', text: 'a < b' }, TARGET)).toMatchObject({
      text: 'a < b',
      html: undefined,
    });
  });

  it('shows where to go, unless the words already do', () => {
    const url = 'https://example.com/?a=1&b=2';
    expect(composeMail(SETTINGS, { text: 'Look', html: '<p>Look</p>', url }, TARGET)).toMatchObject({
      text: `Look\n\n${url}`,
      html: '<p>Look</p>\n<p><a href="https://example.com/?a=1&amp;b=2">https://example.com/?a=1&amp;b=2</a></p>',
    });
    expect(composeMail(SETTINGS, { text: `Look at ${url}`, url }, TARGET).text).toBe(`Look at ${url}`);
  });

  it('has the same Message-ID whenever it is composed, safe in a header', () => {
    expect(composeMail(SETTINGS, { text: 'x' }, TARGET).messageId).toBe('<7_42@example.com>');
  });

  it('asks for reports on who it was written to, in ASCII only', () => {
    const report = { id: '7_42', return: 'headers', notify: ['failure', 'delay'] };
    expect(composeMail(SETTINGS, { text: 'x' }, TARGET).dsn).toEqual({ ...report, recipient: 'ada@example.org' });
    const beyond = { ...TARGET, address: 'ada@bücher.example' };
    expect(composeMail(SETTINGS, { text: 'x' }, beyond).dsn).toEqual(report);
    expect(composeMail({ ...SETTINGS, dsn: false }, { text: 'x' }, TARGET)).not.toHaveProperty('dsn');
  });
});
