import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { isSigned } from './callback-signature.js';
import { RESULTS } from './codes.js';
import { RECEIVED, receiptEntries } from './receipt-entries.js';

/** Up to 100 devices of any pushes; `biTag` is the tag that was sent along. Of Android devices version 1 or 2, of HarmonyOS 2. */
export function readReceipts(call: ReceiptCall): ReceiptReading {
  if (!isSigned(call)) return { receipts: [], answer: { status: 401 } };
  const entries = receiptEntries(call.body, call.now);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  const receipts = entries.map(({ tag, token, result, at }): Receipt => {
    const status = RESULTS.get(result) ?? 'failed';
    const code = status === 'delivered' ? {} : { code: `${call.account.code}-${result}` };
    return { tag, addresses: [token], status, at, ...code };
  });
  return { receipts, answer: RECEIVED };
}
