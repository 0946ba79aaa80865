import type { FieldError } from '../../common/problem.js';
import type { CodeTable } from '../transport/judgement.js';
import type { VendorAccountConfig } from '../vendor.js';
import { type AnswerRules, readAnswerRules } from './answer-rules.js';
import { type CallRules, readCall, takesTemplate, takesText } from './call-rules.js';
import type { Charset } from './charset.js';
import { readCodes } from './codes.js';
import type { Numbering } from './phone-number.js';
import { isOfTheMessage, readTemplate, type Scope } from './placeholders.js';
import { type ReceiptRules, readReceiptRules } from './receipt-rules.js';
import { SettingsReader } from './settings-reader.js';
import { readSignature, type SignatureRules } from './signature.js';
import type { Template } from './template.js';

/** The settings that are right one by one and used as they are. */
export interface PlainSettings {
  charset: Charset;
  auth: 'none' | 'basic' | 'bearer';
  account?: string;
  password?: string;
  secrets?: Readonly<Record<string, string>>;
  sign?: string;
  batchSize: number;
  phoneSeparator: string;
  phoneStyle: Numbering['style'];
  countryCode: string;
  timestampFormat: string;
  timeZone: string;
  connections: number;
}

/** A gateway as its settings describe it, taken apart once. */
export interface Gateway {
  plain: PlainSettings;
  numbering: Numbering;
  call: CallRules;
  /** Of every call; names in lower case. */
  headers: readonly (readonly [name: string, Template])[];
  signature?: SignatureRules;
  answer: AnswerRules;
  codes: CodeTable;
  /** Absent: it sends none. */
  receipts?: ReceiptRules;
  /** A query that shows whether the account is good. */
  verify?: { call: CallRules; answer: AnswerRules };
}

const known = new WeakMap<object, Gateway | FieldError[]>();

/** The account's gateway, or what is wrong with its settings. */
export function gatewayOf({ settings }: Pick<VendorAccountConfig, 'settings'>): Gateway | FieldError[] {
  const gateway = known.get(settings) ?? readGateway(settings);
  known.set(settings, gateway);
  return gateway;
}

/** What is wrong with settings that are right one by one. */
export function gatewayProblems(settings: Readonly<Record<string, unknown>>): FieldError[] {
  const gateway = readGateway(settings);
  return Array.isArray(gateway) ? gateway : [];
}

function readGateway(settings: Readonly<Record<string, unknown>>): Gateway | FieldError[] {
  const errors: FieldError[] = [];
  const reader = new SettingsReader(settings, 'settings', errors);
  const plain = settings as unknown as PlainSettings;
  const scope: Scope = {
    message: true,
    number: plain.batchSize === 1,
    signature: reader.has('signature'),
    fields: false,
    secrets: readSecrets(reader.part('secrets')),
  };
  const ofAccount = { ...scope, message: false };
  const gateway: Gateway = {
    plain,
    numbering: { countryCode: plain.countryCode, style: plain.phoneStyle },
    call: readCall(reader, scope, { method: 'POST', encoding: 'form' }),
    headers: readHeaders(reader.part('headers'), ofAccount),
    signature: reader.has('signature') ? readSignature(reader.part('signature'), scope) : undefined,
    answer: readAnswerRules(reader.part('answer')),
    codes: readCodes(reader.part('codes')),
    receipts: reader.has('receipts') ? readReceiptRules(reader.part('receipts'), plain.timeZone) : undefined,
    verify: reader.has('verify') ? readVerify(reader.part('verify'), ofAccount) : undefined,
  };
  checkAuth(reader, plain);
  checkTogether(reader, gateway);
  return errors.length > 0 ? errors : gateway;
}

function readSecrets(reader: SettingsReader): ReadonlySet<string> {
  const names = reader.entries().map(([name]) => name);
  // Asked for as texts, so that what is none is complained of.
  for (const name of names) reader.text(name);
  return new Set(names);
}

/** They say nothing of the message: a line break in its text would break the request. */
function readHeaders(reader: SettingsReader, scope: Scope): Gateway['headers'] {
  return reader.entries().map(([name]) => {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) reader.complain(name, 'is no name of a header');
    const template = readTemplate(reader.text(name) ?? '', reader.pathOf(name), scope, reader.errors);
    return [name.toLowerCase(), template] as const;
  });
}

function readVerify(reader: SettingsReader, scope: Scope): Gateway['verify'] {
  const call = readCall(reader, scope, { method: 'GET', encoding: 'query' });
  const answer = readAnswerRules(reader.part('answer'));
  reader.finish();
  return { call, answer };
}

function checkAuth(reader: SettingsReader, { auth, account, password }: PlainSettings): void {
  if (auth !== 'none' && password === undefined) reader.complain('password', `is required for auth ${auth}`);
  if (auth === 'basic' && account === undefined) reader.complain('account', 'is required for auth basic');
}

function checkTogether(reader: SettingsReader, gateway: Gateway): void {
  const { call, signature, headers, verify, receipts } = gateway;
  if (!call.names.has('phones') && !call.names.has('phone'))
    reader.complain('fields', 'must name {phones}, or {phone}: whom a message goes to');
  if (!takesText(call) && !takesTemplate(call))
    reader.complain('fields', 'must name {text}, {signedText} or {templateId}: what a message says');
  const signed = verify?.call.names.has('signature') || headers.some(([, { names }]) => names.includes('signature'));
  const alien = verify && signed ? signature?.of.names.find(isOfTheMessage) : undefined;
  if (alien !== undefined)
    reader.complain('verify', `cannot be signed: signature.of names {${alien}}, which only a message has`);
  if (receipts !== undefined) checkSubject(reader, gateway, receipts);
}

/** Whether receipts can be joined with what was sent. */
function checkSubject(
  reader: SettingsReader,
  { call, answer, plain }: Gateway,
  { subject, phonePath }: ReceiptRules,
): void {
  const own = { reference: 'reference', tag: 'tag', vendorReference: undefined }[subject];
  if (own !== undefined && !call.names.has(own))
    reader.complain('receipts.subject', `is ${own}, so that fields or url must name {${own}}`);
  if (subject !== 'vendorReference') return;
  const each = answer.results?.idPath;
  if (each === undefined && answer.idPath === undefined)
    reader.complain(
      'receipts.subject',
      'is vendorReference, so that answer.idPath or answer.results.idPath is required',
    );
  if (each === undefined && phonePath === undefined && plain.batchSize > 1)
    reader.complain('receipts.phonePath', 'is required: one id stands for several numbers');
}
