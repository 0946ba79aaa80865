export const CHARSETS = ['utf-8', 'gbk'] as const;
export type Charset = (typeof CHARSETS)[number];

const UNKNOWN = 0x3f;

/** The text in bytes of the character set; what GBK does not have becomes `?`, as phones of its time would show it. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  const table = gbkTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? UNKNOWN;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair === undefined) bytes.push(UNKNOWN);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Buffer.from(bytes);
}

/** Fit for every part of an address and for forms: blanks are `%20`, which all servers read alike. */
export function percentEncode(text: string, charset: Charset): string {
  const bytes = encodeText(text, charset);
  return Array.from(bytes, (byte) => ESCAPES[byte]).join('');
}

const ESCAPES = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

let table: ReadonlyMap<string, number> | undefined;

/** Node decodes GBK and does not encode it: the table is made once, from what each pair of bytes reads as. */
function gbkTable(): ReadonlyMap<string, number> {
  table ??= readGbkTable();
  return table;
}

function readGbkTable(): Map<string, number> {
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) pairs.push((lead << 8) | trail);
  }
  // A line for each pair, so that one that reads as nothing does not shift the others.
  const bytes = Uint8Array.from(pairs.flatMap((pair) => [pair >> 8, pair & 0xff, 0x0a]));
  const read = new TextDecoder('gbk').decode(bytes).split('\n');
  const entries = pairs.map((pair, index): [string, number] => [read[index] ?? '', pair]);
  return new Map(entries.filter(([character]) => /^[^\p{Co}\ufffd]$/u.test(character)));
}
