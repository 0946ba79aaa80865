import { describe, expect, it } from '@jest/globals';
import { renderContent } from '../../templates/rendering/render-content.js';
import { linesText, templateText, textLines } from './template-lines.js';

const render = (words: string, params: Record<string, unknown> = {}): string | undefined =>
  renderContent({ text: templateText(words) }, params).text;

describe('the words of a template', () => {
  it.each([
    ['{{a.DATA}} and {{ a }}', 'v and v'],
    ['{{a.DATA}}{{a.DATA}}', 'vv'],
    ['{{{a.DATA}}}', '{v}'],
    ['{%a%}{{a.DATA}}{%b%}', '{%a%}v{%b%}'],
    ['${a} {{a|upcase}} {{a.b}} {{', '${a} {{a|upcase}} {{a.b}} {{'],
    ['{% raw %}{{a.DATA}}', '{% raw %}v'],
    ['', ''],
  ])('%j is %j', (words, text) => {
    expect(render(words, { a: 'v' })).toBe(text);
  });

  it('names may be of any letters', () => {
    expect(render('{{姓名.DATA}}{{k_1.DATA}}', { 姓名: '张三', k_1: 1 })).toBe('张三1');
  });
});

describe('lines', () => {
  it('become text and are made of text', () => {
    const cell = (content: string) => ({ content, align: 'left' as const });
    expect(linesText([[cell('a'), cell('b')], [cell('c')], []])).toBe('a  b\nc\n');
    expect(textLines('a\r\nb')).toEqual([[cell('a')], [cell('b')]]);
  });
});
