import { jsonObject } from '../transport/read-text.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { GONE, STATUSES } from './codes.js';
import type { TwilioSettings } from './request-form.js';
import { isSigned } from './signature.js';

/** One call for each step of one message, signed; the URL that Twilio was given names the delivery. Of no use without the auth token. */
export function readReceipts(call: ReceiptCall): ReceiptReading {
  const { authToken } = call.account.settings as unknown as TwilioSettings;
  if (authToken === undefined || !isSigned(call, authToken)) return { receipts: [], answer: { status: 403 } };
  const field = fieldsOf(call);
  const reference = call.query['reference'];
  const told = field('MessageStatus');
  if (reference === undefined || told === undefined) return { receipts: [], answer: { status: 400 } };
  const status = STATUSES.get(told);
  const receipts = status && [{ reference, ...fateOf(status, field('ErrorCode') ?? told), at: call.now }];
  return { receipts: receipts ?? [], answer: { status: 204 } };
}

function fateOf(status: Receipt['status'], code: string): Pick<Receipt, 'status' | 'code'> {
  if (status !== 'failed') return { status };
  return { status: GONE.has(code) ? 'address-gone' : status, code };
}

/** A form as a rule, an object where its hash is signed. */
function fieldsOf({ query, body }: ReceiptCall): (name: string) => string | undefined {
  if (query['bodySHA256'] === undefined) {
    const form = new URLSearchParams(body);
    return (name) => form.get(name) || undefined;
  }
  const object = jsonObject(body) ?? {};
  return (name) => {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
}
