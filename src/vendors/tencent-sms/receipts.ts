import { readChinaTime, reportEntries } from '../sms/reports.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { DEAD_IN_REPORT } from './codes.js';

/** A JSON array with an entry per number, whose `sid` is the SerialNo of its status; nothing of ours comes back. Not signed. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = reportEntries(body);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return {
    receipts: entries.flatMap((entry) => receiptOf(entry, now)),
    answer: { status: 200, body: '{"result":0,"errmsg":"OK"}' },
  };
}

/** Entries without a status are replies of people, which are not for here. */
function receiptOf(entry: Readonly<Record<string, unknown>>, now: Date): Receipt[] {
  const { sid, report_status: status, errmsg } = entry;
  if (typeof sid !== 'string' || sid === '') return [];
  const at = readChinaTime(entry['user_receive_time']) ?? now;
  if (status === 'SUCCESS') return [{ vendorReference: sid, status: 'delivered', at }];
  if (status !== 'FAIL') return [];
  const code = typeof errmsg === 'string' && errmsg !== '' ? errmsg : 'FAIL';
  return [{ vendorReference: sid, status: DEAD_IN_REPORT.has(code) ? 'address-gone' : 'failed', code, at }];
}
