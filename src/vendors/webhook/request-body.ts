import type { VendorRequest } from '../vendor.js';

/**
 * What a gateway is posted. A target's own `content` stands where the message is personal; otherwise the message's holds.
 *
 * @example
 * { "message": { "category": "notice", "priority": "normal", "attempt": 1, "content": { "text": "Hello" }, "options": {} },
 *   "targets": [{ "reference": "16-1-2s", "address": "13800000000" }] }
 */
export function requestBody(request: VendorRequest): string {
  const { category, priority, attempt, content, sender, options, expiresAt, targets } = request;
  return JSON.stringify({
    message: { category, priority, attempt, content, sender, options, expiresAt },
    targets: targets.map((target) => ({
      reference: target.reference,
      address: target.address,
      content: target.content,
    })),
  });
}
