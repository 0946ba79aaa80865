import type { Parameters } from './parameters.js';

/** How a body of several parts begins: its boundary, and the first part's headers. The content type need not be asked. */
const BEGINNING = /^--([^\r\n]{1,70})\r\ncontent-/i;
/** A part's headers are one or two short lines; longer ones are no field of ours. */
const LONGEST_HEAD = 1_000;

export const isMultipart = (text: string): boolean => BEGINNING.test(text);

/** Reads the text fields of a `multipart/form-data` body. Files are left out: no method here takes one. */
export function readMultipart(text: string, into: Parameters): void {
  const [, boundary] = BEGINNING.exec(text) ?? [];
  for (const part of `\r\n${text}`.split(`\r\n--${boundary}`).slice(1)) {
    // The last boundary is followed by two dashes.
    if (part.startsWith('--')) return;
    const end = part.indexOf('\r\n\r\n');
    if (end === -1 || end > LONGEST_HEAD) continue;
    const head = part.slice(0, end);
    const name = /^content-disposition:.*;\s*name="([^"]*)"/im.exec(head)?.[1];
    if (name === undefined || /;\s*filename\*?=/i.test(head)) continue;
    into.add(name, part.slice(end + 4));
  }
}
