import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../../common/problem.js';
import { checkSettings } from '../account-settings.js';
import { HTTP_SMS } from './definition.js';
import { gatewayOf } from './gateway.js';

const GOOD = {
  url: 'https://sms.example.com/send',
  fields: { to: '{phones}', text: '{text}' },
};

/** Each complaint as `path: message`, without `settings.` in front. */
function problemsOf(change: Record<string, unknown>): string[] {
  try {
    checkSettings(HTTP_SMS, { ...GOOD, ...change });
    return [];
  } catch (error) {
    return (error as InvalidRequest).errors.map(({ path, message }) => `${path.replace('settings.', '')}: ${message}`);
  }
}

describe('settings of a gateway', () => {
  it('need no more than an address and the fields', () => expect(problemsOf({})).toEqual([]));

  it.each<[Record<string, unknown>, string]>([
    [{ url: 'sms.example.com' }, 'url: must be an http or https address'],
    [{ url: 'https://{account}.example.com/' }, 'url: must hold its placeholders behind the host'],
    [{ url: 'https://sms.example.com/{nobody}' }, 'url: names {nobody}; known here are {account}'],
    [{ method: 'GET' }, 'encoding: must be query where the method is GET'],
    [{ charset: 'latin1' }, 'charset: must be one of utf-8, gbk'],
    [{ fields: { text: '{text}' } }, 'fields: must name {phones}, or {phone}'],
    [{ fields: { to: '{phones}' } }, 'fields: must name {text}, {signedText} or {templateId}'],
    [{ fields: { ...GOOD.fields, a: [{ b: '{nobody}' }] } }, 'fields.a[0].b: names {nobody}'],
    [
      { fields: { ...GOOD.fields, key: '{secret.key}' } },
      'fields.key: names {secret.key}, which secrets does not hold',
    ],
    [{ fields: { ...GOOD.fields, sign: '{signature}' } }, 'fields.sign: names {signature}'],
    [
      { batchSize: 2, fields: { ...GOOD.fields, r: '{reference}' } },
      'fields.r: names {reference}, which is of one number',
    ],
    [{ fields: { ...GOOD.fields, n: { $number: 1 } } }, 'fields.n.$number: must be a string'],
    [{ fields: { ...GOOD.fields, n: { $each: '{phone}', b: 1 } } }, 'fields.n: must hold nothing beside $each'],
    [{ fields: { ...GOOD.fields, n: { $all: 1 } } }, 'fields.n: must hold nothing beside $each'],
    [{ headers: { 'X Y': 'a' } }, 'headers.X Y: is no name of a header'],
    [{ headers: { 'X-Text': '{text}' } }, 'headers.X-Text: names {text}'],
    [{ headers: { 'X-Key': 1 } }, 'headers.X-Key: must be a string'],
    [{ batchSize: 1001 }, 'batchSize: must not be more than 1000'],
    [{ countryCode: '086' }, 'countryCode: must be 1 to 3 digits'],
    [{ auth: 'basic', password: 'x' }, 'account: is required for auth basic'],
    [{ auth: 'bearer' }, 'password: is required for auth bearer'],
    [{ secrets: { key: 1 } }, 'secrets.key: must be a string'],
    [{ signature: { algorithm: 'md4', of: 'x' } }, 'signature.algorithm: must be one of md5, sha1'],
    [{ signature: {} }, 'signature.of: is required'],
    [{ signature: { of: '{signature}' } }, 'signature.of: names {signature}'],
    [{ signature: { algorithm: 'hmac-md5', of: 'x' } }, 'signature.key: is required for hmac-md5'],
    [{ signature: { algorithm: 'md5', of: 'x', key: 'y' } }, 'signature.key: is of no use for md5'],
    [
      { signature: { of: 'x', salt: 'y' } },
      'signature.salt: is not known here; known are algorithm, of, key, encoding',
    ],
    [{ timestampFormat: 'now' }, 'timestampFormat: must be unix-s, unix-ms or a pattern'],
    [{ timeZone: 'Beijing' }, 'timeZone: must be a time zone of the IANA database'],
    [{ answer: { codePath: 'a..b', success: ['0'] } }, 'answer.codePath: must be a path such as data.items[0].id'],
    [{ answer: { codePath: 'code' } }, 'answer.success: is required, or successPrefixes'],
    [{ answer: { success: ['0'] } }, 'answer.codePath: is required'],
    [{ answer: { codePath: 'code', success: '0' } }, 'answer.success: must be a list of strings and numbers'],
    [{ answer: { encoding: 'text', separator: '' } }, 'answer.separator: must not be empty'],
    [{ answer: { results: {} } }, 'answer.results.path: is required'],
    [{ answer: { results: { path: 'r', codePath: 'c' } } }, 'answer.results.success: is required'],
    [{ answer: { results: [] } }, 'answer.results: must be an object'],
    [{ codes: { '1': 'fatal' } }, 'codes.1: must be one of rejected, address-gone'],
    [{ receipts: {} }, 'receipts.subjectPath: is required'],
    [{ receipts: { subject: 'tag', subjectPath: 't', statusPath: 's' } }, 'receipts.phonePath: is required: a tag'],
    [
      { receipts: { subject: 'tag', subjectPath: 't', statusPath: 's', phonePath: 'p' } },
      'receipts.subject: is tag, so that fields or url must name {tag}',
    ],
    [
      { receipts: { subject: 'vendorReference', subjectPath: 'id', statusPath: 's' } },
      'receipts.subject: is vendorReference, so that answer.idPath or',
    ],
    [
      { receipts: { subjectPath: 'id', statusPath: 's' }, answer: { idPath: 'id' }, batchSize: 2 },
      'receipts.phonePath: is required: one id stands for several numbers',
    ],
    [{ receipts: { subjectPath: 'id', statusPath: 's', timeFormat: 'soon' } }, 'receipts.timeFormat: must be unix-s'],
    [{ verify: { url: 'https://sms.example.com', fields: { to: '{phones}' } } }, 'verify.fields.to: names {phones}'],
    [{ verify: {} }, 'verify.url: must be an http or https address'],
    [
      {
        signature: { of: '{phones}' },
        verify: { url: 'https://sms.example.com', fields: { sign: '{signature}' } },
      },
      'verify: cannot be signed: signature.of names {phones}',
    ],
  ])('cannot be saved with %j', (change, problem) => {
    expect(problemsOf(change)).toContainEqual(expect.stringContaining(problem));
  });

  it('are read once, as long as they are the same', () => {
    const settings = { ...GOOD, ...checkSettings(HTTP_SMS, GOOD).settings };
    expect(gatewayOf({ settings })).toBe(gatewayOf({ settings }));
    expect(gatewayOf({ settings: { ...settings } })).not.toBe(gatewayOf({ settings }));
  });

  it('are described by examples that can be saved', () => {
    const examples = HTTP_SMS.settings.filter(({ example }) => example !== undefined);
    const settings = Object.fromEntries(examples.map(({ name, example }) => [name, example]));
    expect(problemsOf({ ...settings, account: 'a', password: 'b' })).toEqual([]);
  });
});
