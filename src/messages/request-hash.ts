import { createHash } from 'node:crypto';
import type { MessageRequest } from './message-request.js';

/** Keys in order, so that the same request in another order of fields is the same request. */
function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, part]) => [key, canonical(part)]),
  );
}

/** Tells a replay from another request under the same dedup key. */
export function requestHash(request: MessageRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(canonical({ ...request, dedupKey: undefined })))
    .digest();
}
