import { transportSettings } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorSetting } from '../vendor.js';
import { ENCODINGS, METHODS, urlTemplateProblem } from './call-rules.js';
import { CHARSETS } from './charset.js';
import { MEANINGS } from './codes.js';
import { gatewayProblems } from './gateway.js';
import { PHONE_STYLES } from './phone-number.js';
import { timeFormatProblem, timeZoneProblem } from './time-format.js';

const REQUEST: VendorSetting[] = [
  {
    name: 'url',
    type: 'string',
    description:
      'Where messages are sent to. Behind the host it may hold placeholders; what they stand for is percent-encoded.',
    required: true,
    check: urlTemplateProblem,
    example: 'https://sms.example.com/v1/send',
  },
  {
    name: 'method',
    type: 'string',
    description: 'GET, with the fields in the query, or POST.',
    values: METHODS,
    default: 'POST',
  },
  {
    name: 'encoding',
    type: 'string',
    description: 'How the fields go out: as a form, as JSON, or in the query.',
    values: ENCODINGS,
    default: 'form',
  },
  {
    name: 'charset',
    type: 'string',
    description: 'Character set of requests. What gbk does not have goes out as "?".',
    values: CHARSETS,
    default: 'utf-8',
  },
  {
    name: 'fields',
    type: 'object',
    description:
      'Fields of a request: names, and texts with placeholders. Of the message: {phones} {count} {text} {signedText} (【sign】 and ' +
      'text) {sign} {templateId} {params} {params.<name>} {paramValues} {tag} {receiptUrl}; of one number, where batchSize is 1 or ' +
      'within $each: {phone} {reference}; of the account: {account} {password} {secret.<name>} {timestamp} {nonce} {signature}. A field ' +
      'whose placeholders leave it empty is left out. JSON may be nested; there { "$each": … } is a list with an element for each ' +
      'number and { "$number": "{timestamp}" } a number, and "{params}" and "{paramValues}" alone are an object and a list. In forms and ' +
      'queries what is nested goes out as JSON.',
    required: true,
    example: { account: '{account}', mobile: '{phones}', content: '{signedText}', uid: '{tag}', sign: '{signature}' },
  },
  {
    name: 'headers',
    type: 'object',
    description:
      'Headers of every call, with the placeholders of the account: keys go here that have a header of their own.',
    example: { 'X-Api-Key': '{secret.key}' },
  },
  {
    name: 'batchSize',
    type: 'integer',
    description: 'Most numbers in one request, 1 to 1000.',
    min: 1,
    max: 1000,
    default: 1,
  },
  {
    name: 'phoneSeparator',
    type: 'string',
    description: 'Between the numbers of {phones}.',
    min: 1,
    max: 8,
    default: ',',
  },
  {
    name: 'phoneStyle',
    type: 'string',
    description:
      'How the gateway writes numbers: national (those of countryCode bare, others as 0085212345678), digits (8613800138000) or ' +
      'e164 (+8613800138000).',
    values: PHONE_STYLES,
    default: 'national',
  },
  {
    name: 'countryCode',
    type: 'string',
    description: 'Country code of numbers that are written without one, digits only.',
    check: (value) => (/^[1-9]\d{0,2}$/.test(String(value)) ? undefined : 'must be 1 to 3 digits, such as 86'),
    default: '86',
  },
  { name: 'sign', type: 'string', description: 'Signature of messages that bring none, without brackets.', max: 32 },
];

const CREDENTIALS: VendorSetting[] = [
  {
    name: 'auth',
    type: 'string',
    description:
      'Authorization header: basic, of account and password; bearer, with the password as the token; or none.',
    values: ['none', 'basic', 'bearer'],
    default: 'none',
  },
  { name: 'account', type: 'string', description: 'Account or user name: {account}.' },
  { name: 'password', type: 'string', description: 'Password or token: {password}.', sensitive: true },
  {
    name: 'secrets',
    type: 'object',
    description: 'Other secret values, by names of your own: {secret.<name>}.',
    sensitive: true,
    example: { key: 'c2VjcmV0' },
  },
  {
    name: 'signature',
    type: 'object',
    description:
      'What {signature} is: { algorithm: md5, sha1, sha256, hmac-md5, hmac-sha1 or hmac-sha256, of: text with placeholders that is ' +
      'signed, key: text with placeholders (of an hmac), encoding: hex, HEX or base64 }. {fields} in `of` is every field that does not ' +
      'hold the signature, sorted by name, as name=value joined by &.',
    example: { algorithm: 'md5', of: '{account}{password}{timestamp}' },
  },
  {
    name: 'timestampFormat',
    type: 'string',
    description: 'How {timestamp} is written: unix-s, unix-ms, or a pattern such as yyyyMMddHHmmss.',
    check: (value) => timeFormatProblem({ pattern: String(value), timeZone: 'UTC' }),
    default: 'unix-s',
  },
  {
    name: 'timeZone',
    type: 'string',
    description: 'Where the clocks of the gateway stand, and its days begin anew.',
    check: timeZoneProblem,
    default: 'Asia/Shanghai',
  },
];

const ANSWERS: VendorSetting[] = [
  {
    name: 'answer',
    type: 'object',
    description:
      'How answers are read: { encoding: json, text or form, httpStatus: [statuses of success, otherwise 2xx], codePath, success: ' +
      '[codes of success], successPrefixes: [their beginnings], idPath, messagePath, results: { path, phonePath, codePath, success, ' +
      'idPath, messagePath } }. Paths are such as data.items[0].id. Text is records of values, parted by separator (,) and ' +
      'recordSeparator (a line break): [0][1] is the second value of the first. `results.path` leads to a list with an entry for each ' +
      'number, found by its number at phonePath or else by its place; what it does not name fares as the whole. Without codePath, the ' +
      'HTTP status says it all.',
    example: { codePath: 'code', success: ['0'], idPath: 'data.msgId', messagePath: 'msg' },
  },
  {
    name: 'codes',
    type: 'object',
    description:
      `What codes mean: ${Object.keys(MEANINGS).join(', ')}. A code that ends in * stands for all that begin so, * alone for all others. Codes that are not named ` +
      'mean rejected. A limit of a single result is one of its number, and none of the account.',
    example: { '102': 'credentials', '103': 'throttled', '108': 'address-gone', '110': 'quota', '5*': 'unknown' },
  },
  {
    name: 'receipts',
    type: 'object',
    description:
      'How receipts are read: { encoding: json, form, text or query (by GET), listPath, listEncoding: json or text (of a list that stands ' +
      'in a field), subject: reference, tag or vendorReference (what of {reference}, {tag} and the id in answers it brings back), ' +
      'subjectPath, phonePath, statusPath, delivered: [DELIVRD], gone: [statuses of dead numbers], pending: [ACCEPTD, ENROUTE], timePath, ' +
      'timeFormat: yyyyMMddHHmmss, answer: OK, contentType: text/plain; charset=utf-8 }. Paths lie within an entry. Other statuses are ' +
      'failures. Without this setting receipts are not taken.',
    example: { subject: 'tag', subjectPath: 'uid', phonePath: 'mobile', statusPath: 'status', timePath: 'time' },
  },
  {
    name: 'verify',
    type: 'object',
    description:
      'A query that shows, without sending anything, that the account is good, such as one of the balance: { url, method: GET, encoding: ' +
      'query, fields, answer: { encoding, codePath, success … } }. Without it only the host is tried.',
    example: {
      url: 'https://sms.example.com/v1/balance',
      fields: { account: '{account}', sign: '{signature}' },
      answer: { codePath: 'code', success: ['0'] },
    },
  },
];

/**
 * Any SMS gateway that takes HTTP requests, described by settings alone. Source: the common ground of the HTTP interfaces of gateways in
 * China and elsewhere, and the status words of CMPP and SMPP.
 */
export const HTTP_SMS: VendorDefinition = {
  code: 'http-sms',
  name: 'SMS gateway over HTTP',
  kind: 'sms',
  settings: [...REQUEST, ...CREDENTIALS, ...ANSWERS, ...transportSettings()],
  checkSettings: gatewayProblems,
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 4,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'recipients',
  },
};
