import { describe, expect, it } from '@jest/globals';
import type { InvalidRequest } from '../common/problem.js';
import { assertPublishable, checkVersionText, undeclaredNames } from './check-version-text.js';
import type { DeclaredVariable } from './rendering/declared-variables.js';
import type { VersionText } from './version-text.js';

const sms = (text: string): Record<string, unknown> => ({ sms: { 'zh-CN': { text } } });
const variable = (name: string, more: Partial<DeclaredVariable> = {}): DeclaredVariable => ({
  name,
  type: 'string',
  required: true,
  ...more,
});

function problemsOf(text: VersionText, check: (text: VersionText) => unknown = checkVersionText): string[] {
  try {
    check(text);
    return [];
  } catch (error) {
    return (error as InvalidRequest).errors.map(({ path, message }) => `${path} ${message}`);
  }
}

describe('the contents of a version', () => {
  it('keep locales in their canonical spelling', () => {
    const { contents } = checkVersionText({ contents: { sms: { 'ZH-cn': { text: 'a' }, en: { text: 'b' } } } });
    expect(contents).toEqual({ sms: { 'zh-CN': { text: 'a' }, en: { text: 'b' } } });
  });

  it('have every problem named with its path', () => {
    const contents = {
      pigeon: {},
      sms: { 'zh-CN': { title: 'no', text: 'ok' }, zh_CN: { text: 'x' }, en: { text: '${' } },
      inbox: { en: { html: '{% if %}', title: '{{' }, 'EN-us': { text: 'a' }, 'en-US': { text: 'b' } },
      push: {},
      email: [],
    };
    expect(problemsOf({ contents })).toEqual([
      expect.stringMatching(/^contents\.pigeon is not a kind of channel/),
      expect.stringMatching(/^contents\.sms\.zh-CN\.title is not a field of sms/),
      expect.stringMatching(/^contents\.sms\.zh_CN is not a locale/),
      expect.stringMatching(/^contents\.sms\.en\.text line 1, column 1/),
      expect.stringMatching(/^contents\.inbox\.en\.title line 1/),
      expect.stringMatching(/^contents\.inbox\.en\.html line 1/),
      expect.stringMatching(/^contents\.inbox\.en-US is the same locale/),
      expect.stringMatching(/^contents\.push must be an object/),
      expect.stringMatching(/^contents\.email must be an object/),
    ]);
  });

  it.each([[{}], [[]], [null], ['text']])('are refused when they are %j', (contents) => {
    expect(problemsOf({ contents })).toEqual([expect.stringMatching(/^contents must be an object/)]);
  });

  it('are refused above 256 KiB in all', () => {
    const contents = {
      email: Object.fromEntries(['en', 'de', 'fr', 'zh', 'ja'].map((one) => [one, { html: 'x'.repeat(60_000) }])),
    };
    expect(problemsOf({ contents })).toEqual(['contents is larger than 262144 bytes']);
  });

  it('are not misled by names of the prototype', () => {
    const contents = JSON.parse(
      '{"sms": {"__proto__": {"text": "a"}}, "constructor": {"en": {"text": "a"}}}',
    ) as unknown;
    expect(problemsOf({ contents })).toEqual([
      expect.stringMatching(/^contents\.sms\.__proto__ is not a locale/),
      expect.stringMatching(/^contents\.constructor is not a kind/),
    ]);
  });
});

describe('the variables of a version', () => {
  it('are derived when left out: required strings, objects and lists, without the person', () => {
    const contents = sms(
      '${name} {{order.id}} {% for item in items %}{{item.name}}{% endfor %} ${recipient.name} ${name}',
    );
    expect(checkVersionText({ contents })).toMatchObject({
      variables: [variable('name'), variable('order', { type: 'object' }), variable('items', { type: 'array' })],
      undeclared: [],
    });
  });

  it('must be declared before publishing, and may be missing in a draft', () => {
    const text = {
      contents: sms('${name} ${order.id} ${order.total} ${recipient.name}'),
      variables: [variable('name')],
    };
    expect(undeclaredNames(text)).toEqual(['order']);
    expect(problemsOf(text, assertPublishable)).toEqual([
      'contents.sms.zh-CN uses "order.id", which is not declared in variables',
      'contents.sms.zh-CN uses "order.total", which is not declared in variables',
    ]);
    expect(problemsOf({ ...text, variables: [variable('name'), variable('order')] }, assertPublishable)).toEqual([]);
  });

  it('have usable names, each once, and defaults of their type', () => {
    const variables = [
      variable('a b'),
      variable('order.id'),
      variable('true'),
      variable('recipient'),
      variable('姓名'),
      variable('姓名'),
      variable('n', { type: 'number', default: 'x' }),
      variable('m', { type: 'number', default: 5 }),
    ];
    expect(problemsOf({ contents: sms('hi'), variables })).toEqual([
      expect.stringMatching(/^variables\[0\]\.name must be one word/),
      expect.stringMatching(/^variables\[1\]\.name must be one word/),
      expect.stringMatching(/^variables\[2\]\.name must be one word/),
      expect.stringMatching(/^variables\[3\]\.name stands for the person/),
      'variables[5].name is declared twice',
      'variables[6].default must be a number',
    ]);
  });

  it('are refused above 16 KiB', () => {
    const variables = [variable('a', { example: 'x'.repeat(17_000) })];
    expect(problemsOf({ contents: sms('hi'), variables })).toEqual(['variables is larger than 16384 bytes']);
  });
});
