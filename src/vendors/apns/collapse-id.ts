import { createHash } from 'node:crypto';
import type { PushWords } from '../push/push-words.js';

const HEADER_WORD = /^[\x20-\x7e]{1,64}$/;

/** `apns-collapse-id`; a key that cannot stand in the header is its hash there, the same for the same key. */
export function collapseIdOf({ ios, collapseKey }: PushWords): string | undefined {
  const key = ios.collapseId ?? collapseKey;
  if (key === undefined || HEADER_WORD.test(key)) return key;
  return createHash('sha256').update(key).digest('base64url');
}
