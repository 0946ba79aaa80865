import { readPhoneNumber, spellingsOf } from '../sms/phone-number.js';
import { readChinaTime, reportEntries } from '../sms/reports.js';
import type { Receipt, ReceiptCall, ReceiptReading, ReceiptSubject } from '../vendor.js';
import { NUMBER_ILLEGAL } from './codes.js';

/** A reference has two dashes, a tag one; whatever else an `out_id` holds, it is not of ours. */
const REFERENCE = /^[0-9a-z]+-[0-9a-z]+-[0-9a-z]+$/;
const TAG = /^[0-9a-z]+-[0-9a-z]+$/;

/** SmsReport: a JSON array with an entry per number. Not signed: whoever knows the URL is believed. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = reportEntries(body);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return {
    receipts: entries.flatMap((entry) => receiptOf(entry, now)),
    answer: { status: 200, body: '{"code":0,"msg":"成功"}' },
  };
}

/** Entries without `success` are replies of people (SmsUp), which are not for here. */
function receiptOf(entry: Readonly<Record<string, unknown>>, now: Date): Receipt[] {
  const { out_id: outId, phone_number: phone, success, err_code: error } = entry;
  const subject = typeof phone === 'string' ? subjectOf(outId, phone) : undefined;
  if (subject === undefined || typeof success !== 'boolean') return [];
  const at = readChinaTime(entry['report_time']) ?? now;
  if (success) return [{ ...subject, status: 'delivered', at }];
  const code = typeof error === 'string' ? error : 'failed';
  const dead = code === NUMBER_ILLEGAL && readPhoneNumber(String(phone)).mainland;
  return [{ ...subject, status: dead ? 'address-gone' : 'failed', code, at }];
}

function subjectOf(outId: unknown, phone: string): ReceiptSubject | undefined {
  if (typeof outId !== 'string') return undefined;
  if (REFERENCE.test(outId)) return { reference: outId };
  return TAG.test(outId) ? { tag: outId, addresses: spellingsOf(phone) } : undefined;
}
