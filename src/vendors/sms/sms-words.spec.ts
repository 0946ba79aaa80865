import { describe, expect, it } from '@jest/globals';
import { fieldProblem } from '../vendor-fields.js';
import { SMS_SETTINGS, smsWords } from './sms-words.js';

const textTemplate = { id: 'T', param: 'text' };
const template = { id: 'V', params: { name: 'Li' } };

describe('the words of an SMS', () => {
  it("are the vendor's template, whatever text stands beside it", () =>
    expect(smsWords({ text: 'Hi', sign: 'S', vendorTemplate: template }, { textTemplate })).toEqual({
      sign: 'S',
      template,
      own: { sign: true, template: true },
    }));

  it("are otherwise the text in the account's template for texts", () =>
    expect(smsWords({ text: 'Hi' }, { signName: 'A', textTemplate })).toEqual({
      sign: 'A',
      template: { id: 'T', params: { text: 'Hi' } },
      own: { sign: false, template: false },
    }));

  it('are none without either', () => {
    const refused = { status: 'rejected', code: 'template-required', detail: expect.any(String) };
    expect(smsWords({ text: 'Hi' }, { signName: 'A' })).toEqual({ refused });
    expect(smsWords({ title: 'Hi' }, { signName: 'A', textTemplate })).toEqual({ refused });
  });

  it.each([
    [{ id: 'T', param: 'text' }, undefined],
    [{ id: 'T' }, 'must hold the id of a template and the name of its param, both non-empty strings'],
    [{ id: '', param: 'text' }, 'must hold the id of a template and the name of its param, both non-empty strings'],
    [{ id: 'T', param: 'text', params: {} }, 'must hold id and param only, not params'],
  ])('the template for texts may be %j: %s', (value, problem) => {
    const setting = SMS_SETTINGS.find(({ name }) => name === 'textTemplate');
    expect(setting && fieldProblem(setting, value)).toBe(problem);
  });
});
