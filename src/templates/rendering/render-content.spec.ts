import { describe, expect, it } from '@jest/globals';
import type { Content } from '../../channels/channel-kind.js';
import { InvalidRequest } from '../../common/problem.js';
import { MissingVariables } from './missing-variables.js';
import { compileContent, renderContent } from './render-content.js';

const content: Content = {
  title: 'Order {{id}}',
  text: 'Dear ${name}',
  html: '<p>{{name}}</p>',
  url: 'https://a.example/{{id}}',
  sign: '{{shop}}',
  vendorTemplate: { id: '{{id}}', params: { code: '{{id}}', fixed: 'x' } },
  ext: { raw: '{{id}}' },
};

describe('renderContent', () => {
  it('renders each field as its place demands', () => {
    expect(renderContent(content, { id: 'a/1', name: '<Li>', shop: 'Shop' })).toEqual({
      title: 'Order a/1',
      text: 'Dear <Li>',
      html: '<p>&lt;Li&gt;</p>',
      url: 'https://a.example/a%2F1',
      sign: 'Shop',
      vendorTemplate: { id: '{{id}}', params: { code: 'a/1', fixed: 'x' } },
      ext: { raw: '{{id}}' },
    });
  });

  it('leaves the given content as it was, and adds no field', () => {
    const given: Content = { text: '{{a}}' };
    expect(renderContent(given, { a: 1 })).toEqual({ text: '1' });
    expect(given).toEqual({ text: '{{a}}' });
  });

  it('names what all fields lack in one error', () => {
    const compiled = compileContent(content);
    expect(compiled.variables).toEqual(['id', 'name', 'shop']);
    expect(() => compiled.render({ id: 1 })).toThrow(MissingVariables);
    expect(() => compiled.render({ id: 1 })).toThrow(
      expect.objectContaining({
        code: 'missing_variable',
        errors: [expect.objectContaining({ path: 'params.name' }), expect.objectContaining({ path: 'params.shop' })],
      }),
    );
  });

  it('names every field with a syntax error', () => {
    expect(() => compileContent({ title: '{{', text: 'ok', html: '{% if %}' }, 'contents.zh')).toThrow(InvalidRequest);
    expect(() => compileContent({ title: '{{', text: 'ok', html: '{% if %}' }, 'contents.zh')).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ path: 'contents.zh.title' }),
          expect.objectContaining({ path: 'contents.zh.html' }),
        ],
      }),
    );
  });
});

describe('a content that speaks of the person', () => {
  const compiled = compileContent({ text: '{{recipient.name}} ({{recipient.attributes.grade}}): {{x}}' });

  it('is told apart and rendered for each', () => {
    expect(compiled.usesRecipient).toBe(true);
    expect(compileContent(content).usesRecipient).toBe(false);
    const render = (name: string, grade: number): string | undefined =>
      compiled.render({ x: 1 }, { code: 'U', name, attributes: { grade } }).text;
    expect([render('Li', 3), render('Wu', 4)]).toEqual(['Li (3): 1', 'Wu (4): 1']);
  });

  it('never takes the person from the params', () => {
    expect(() => compiled.render({ x: 1, recipient: { name: 'forged', attributes: { grade: 1 } } })).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ path: 'recipient.name' }),
          expect.objectContaining({ path: 'recipient.attributes.grade' }),
        ],
      }),
    );
  });
});
