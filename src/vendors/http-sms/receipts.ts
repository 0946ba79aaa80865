import type { Receipt, ReceiptCall, ReceiptReading, ReceiptSubject } from '../vendor.js';
import { parseData } from './data-format.js';
import type { Gateway } from './gateway.js';
import { textAt, valueAt } from './json-path.js';
import { digitsRead, spellings } from './phone-number.js';
import type { ReceiptRules } from './receipt-rules.js';
import { parseTime } from './time-format.js';
import { vendorReference } from './vendor-reference.js';

/** A list of entries, or one, as the settings describe it. Not signed: whoever knows the URL is believed. */
export function readReceipts(gateway: Gateway, call: ReceiptCall): ReceiptReading {
  const { receipts: rules } = gateway;
  if (rules === undefined) return { receipts: [], answer: { status: 404 } };
  const entries = entriesOf(rules, call);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return {
    receipts: entries.flatMap((entry) => receiptOf(gateway, rules, entry, call.now)),
    answer: { status: 200, ...rules.answer },
  };
}

/** A list is a list of entries; a text that stands for one is read first. */
function entriesOf(
  { encoding, separators, listPath, listEncoding }: ReceiptRules,
  call: ReceiptCall,
): unknown[] | undefined {
  const told: unknown = encoding === 'query' ? call.query : parseData(call.body, encoding, separators);
  const found = listPath === undefined ? told : valueAt(told, listPath);
  const list = listPath !== undefined && typeof found === 'string' ? parseData(found, listEncoding, separators) : found;
  if (Array.isArray(list)) return list as unknown[];
  return typeof list === 'object' && list !== null ? [list] : undefined;
}

/** None of what names no delivery or has no status, and of states that something else will follow. */
function receiptOf({ numbering }: Gateway, rules: ReceiptRules, entry: unknown, now: Date): Receipt[] {
  const phone = textAt(entry, rules.phonePath);
  const digits = phone === undefined ? undefined : digitsRead(phone, numbering);
  const subject = subjectOf(rules, textAt(entry, rules.subjectPath), digits, numbering.countryCode);
  const told = textAt(entry, rules.statusPath);
  if (subject === undefined || told === undefined || rules.pending.has(told)) return [];
  const at = parseTime(textAt(entry, rules.timePath) ?? '', rules.timeFormat) ?? now;
  if (rules.delivered.has(told)) return [{ ...subject, status: 'delivered', at }];
  return [{ ...subject, status: rules.gone.has(told) ? 'address-gone' : 'failed', code: told, at }];
}

function subjectOf(
  rules: ReceiptRules,
  word: string | undefined,
  digits: string | undefined,
  countryCode: string,
): ReceiptSubject | undefined {
  if (word === undefined) return undefined;
  if (rules.subject === 'reference') return { reference: word };
  if (digits === undefined && rules.phonePath !== undefined) return undefined;
  if (rules.subject === 'tag') return { tag: word, addresses: spellings(digits ?? '', countryCode) };
  const reference = vendorReference(word, digits ?? '', rules);
  return reference === undefined ? undefined : { vendorReference: reference };
}
