import { describe, expect, it } from '@jest/globals';
import { CHANNEL_KINDS, type ChannelKind } from './channel-kind.js';
import { contentFields } from './content-fields.js';
import { checkContent } from './content-schema.js';

const pathsOf = (kind: ChannelKind, content: unknown): string[] =>
  checkContent(kind, content, 'c').map(({ path }) => path);

describe('checkContent', () => {
  it.each<[ChannelKind, unknown]>([
    ['inbox', { title: 'Leave', html: '<p>Approved</p>', url: 'https://example.com/1', ext: { a: 1 } }],
    ['inbox', { text: 'Approved', url: '/leave/1' }],
    ['inbox', { text: 'Approved', url: '{{ base }}/leave/{{ id }}' }],
    ['sms', { text: 'Your code is 1234', sign: 'ACME' }],
    ['sms', { vendorTemplate: { id: 'SMS_1', params: { code: '1234' } } }],
    ['email', { html: '<p>Hello</p>' }],
    ['email', { title: 'Hello', text: 'Hello', html: undefined }],
    ['push', { title: 'Hello' }],
    ['push', { ext: { sync: true } }],
    ['push', { text: 'Open', url: 'myapp://orders/1' }],
    ['chat', { text: 'Hello' }],
    ['im', { html: '<b>Hello</b>' }],
    ['webhook', { text: 'Hello', ext: {} }],
  ])('takes %s %j', (kind, content) => {
    expect(checkContent(kind, content, 'c')).toEqual([]);
  });

  it('names every unknown field, and which there are', () => {
    expect(checkContent('sms', { text: 'x', title: 'y', colour: 'red' }, 'contents.1001')).toEqual([
      { path: 'contents.1001.title', message: 'is not a field of sms content (text, sign, vendorTemplate)' },
      { path: 'contents.1001.colour', message: 'is not a field of sms content (text, sign, vendorTemplate)' },
    ]);
  });

  it.each(CHANNEL_KINDS)('asks for words where %s content is empty', (kind) => {
    const { oneOf } = contentFields(kind);
    expect(checkContent(kind, {}, 'c')).toEqual([{ path: 'c', message: `needs ${oneOf.join(' or ')}` }]);
    expect(pathsOf(kind, { text: ' \n' })).toEqual(['c']);
  });

  it.each([null, undefined, 'text', [], 7])('refuses %j, which is no object', (content) => {
    expect(checkContent('inbox', content, 'c')).toEqual([{ path: 'c', message: 'must be an object' }]);
  });

  it('counts HTML in bytes and words in characters', () => {
    expect(pathsOf('inbox', { html: '好'.repeat(21_845) })).toEqual([]);
    expect(pathsOf('inbox', { html: '好'.repeat(21_846) })).toEqual(['c.html']);
    expect(pathsOf('inbox', { text: 'x', title: '好'.repeat(200) })).toEqual([]);
    expect(pathsOf('inbox', { text: 'x', title: '好'.repeat(201) })).toEqual(['c.title']);
    expect(pathsOf('sms', { text: 'x'.repeat(2000), sign: 's'.repeat(32) })).toEqual([]);
    expect(pathsOf('sms', { text: 'x'.repeat(2001), sign: 's'.repeat(33) })).toEqual(['c.text', 'c.sign']);
    expect(pathsOf('email', { html: 'x'.repeat(1024 * 1024), title: 't'.repeat(301) })).toEqual(['c.title']);
    expect(pathsOf('push', { ext: { data: 'x'.repeat(64 * 1024) } })).toEqual(['c.ext']);
  });

  it('refuses values of the wrong type', () => {
    expect(pathsOf('inbox', { text: 7, title: null, ext: [] })).toEqual(['c.text', 'c.title', 'c.ext']);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'java\nscript:x', 'https://', 'myapp://x'])(
    'refuses an inbox link to %j',
    (url) => {
      expect(pathsOf('inbox', { text: 'x', url })).toEqual(['c.url']);
    },
  );

  it.each(['javascript:alert(1)', 'JavaScript:{{ x }}', 'file:///etc/passwd', '//evil.example', 'my app://x'])(
    'refuses a push link to %j',
    (url) => {
      expect(pathsOf('push', { text: 'x', url })).toEqual(['c.url']);
    },
  );

  it('looks into a vendor template', () => {
    const vendorTemplate = { id: '', params: { code: 1234, name: 'Ann' }, colour: 'red' };
    expect(pathsOf('sms', { vendorTemplate })).toEqual([
      'c.vendorTemplate.colour',
      'c.vendorTemplate.id',
      'c.vendorTemplate.params.code',
    ]);
    expect(pathsOf('sms', { vendorTemplate: { id: 'SMS_1' } })).toEqual(['c.vendorTemplate.params']);
  });
});
