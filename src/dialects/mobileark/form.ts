import type { Parameters } from './parameters.js';
import { MobilearkError } from './wire-error.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * Reads `name=value&…` as liberally as its callers write it: the first `=` divides, a `%` that escapes nothing is itself, and
 * characters beyond ASCII may stand unescaped.
 * @throws MobilearkError 1006 for bytes that are not UTF-8, escaped or not
 */
export function readForm(bytes: Buffer, into: Parameters): void {
  const marked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  // One character a byte: what divides is ASCII, which is no part of any other character in UTF-8.
  const text = bytes.toString('latin1', marked ? BYTE_ORDER_MARK.length : 0);
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const divider = pair.indexOf('=');
    if (divider === -1) into.add(decode(pair), '');
    else into.add(decode(pair.slice(0, divider)), decode(pair.slice(divider + 1)));
  }
}

function decode(part: string): string {
  const unescaped = part
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return UTF8.decode(Buffer.from(unescaped, 'latin1'));
  } catch {
    throw new MobilearkError('1006');
  }
}
