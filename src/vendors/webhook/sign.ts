import { createHash, createHmac } from 'node:crypto';
import type { VendorTarget } from '../vendor.js';

/**
 * The headers that let a gateway check a request: `v1=` and the hex HMAC-SHA256, under the account's secret, of the timestamp
 * (seconds since 1970), a full stop and the body. A gateway should refuse timestamps more than five minutes off.
 */
export function signature(secret: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-tidings-timestamp': timestamp, 'x-tidings-signature': `v1=${mac}` };
}

/** The same for a batch that is sent once more because nobody knows what became of it; another for each further attempt. */
export function idempotencyKey(targets: readonly VendorTarget[], attempt: number): string {
  const hash = createHash('sha256');
  for (const { reference } of targets) hash.update(reference).update('\n');
  return hash.update(String(attempt)).digest('hex');
}
