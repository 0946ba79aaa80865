import type { ReceiptRules } from './receipt-rules.js';

/** What is longer, or holds what nobody prints, is no id that could be looked up. */
const ID = /^[\x21-\x7e]{1,128}$/;

/**
 * The word for an SMS that its receipt will name it by: the gateway's id, together with the number where receipts bring that along, since
 * one id may stand for all numbers of a request. Undefined for what is no id.
 */
export function vendorReference(
  id: string | undefined,
  digits: string,
  receipts: Pick<ReceiptRules, 'subject' | 'phonePath'> | undefined,
): string | undefined {
  if (id === undefined || !ID.test(id)) return undefined;
  return receipts?.subject === 'vendorReference' && receipts.phonePath !== undefined ? `${id} ${digits}` : id;
}
