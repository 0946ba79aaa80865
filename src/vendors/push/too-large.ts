import type { Outcome } from '../vendor.js';

/** Refuses, before it is sent, what the vendor would refuse: the code names both sizes. Undefined for what fits. */
export function tooLarge(bytes: number, limit: number, what = 'payload'): Outcome | undefined {
  if (bytes <= limit) return undefined;
  const code = `${what}-too-large: ${bytes} of ${limit} bytes`;
  return { status: 'rejected', code, detail: `The ${what} has ${bytes} bytes; the vendor takes ${limit}.` };
}

/** A text of at most so many characters, cut between them where it is longer, with an ellipsis that counts. */
export function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
