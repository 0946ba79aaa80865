/** Header fields in their order, names in lower case, values unfolded. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A mail, or a part of one that holds no others; its body without the encoding that it travelled in. */
export interface MimePart {
  header: Fields;
  /** Media type in lower case. */
  type: string;
  body: string;
}

/** Parts within parts: what is nested deeper is left alone. */
const DEEPEST = 10;
/** RFC 2046 allows 70. */
const LONGEST_BOUNDARY = 200;

/** The header of a raw mail, and its parts that hold no others, in order. A mail within the mail is one part. */
export function readMail(raw: string): { header: Fields; parts: MimePart[] } {
  // Servers that pipe a mail into a program put a line of mbox before it.
  const text = raw.replace(/\r\n?/g, '\n').replace(/^\s*(?:From [^\s:].*\n)?/, '');
  return { header: readHeader(text), parts: partsOf(text, DEEPEST) };
}

export const readHeader = (text: string): Fields => readFields(halves(text)[0]);

export function readFields(text: string): Fields {
  return text
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, value] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
    });
}

/** The first field of that name. */
export const fieldOf = (fields: Fields, name: string): string | undefined => fields.find(([one]) => one === name)?.[1];

function partsOf(text: string, depth: number): MimePart[] {
  const [head, body] = halves(text);
  const header = readFields(head);
  const contentType = fieldOf(header, 'content-type') ?? '';
  const type = /^[^\s;]+/.exec(contentType)?.[0].toLowerCase() ?? 'text/plain';
  if (!type.startsWith('multipart/')) return [{ header, type, body: decode(body, header) }];
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined || boundary.length > LONGEST_BOUNDARY || depth === 0) return [];
  const line = `^--${literal(boundary)}`;
  const [inner = ''] = body.split(new RegExp(`${line}--[ \\t]*$`, 'm'), 1);
  const [, ...texts] = inner.split(new RegExp(`${line}[ \\t]*\\n`, 'm'));
  return texts.flatMap((part) => partsOf(part, depth - 1));
}

/** Header and body, which the first empty line divides. */
function halves(text: string): [header: string, body: string] {
  const end = `\n${text}`.indexOf('\n\n');
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}

function decode(body: string, header: Fields): string {
  switch (fieldOf(header, 'content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8').replace(/\r\n?/g, '\n');
    case 'quoted-printable':
      return body
        .replace(/=[ \t]*\n/g, '')
        .replace(/=([\dA-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    default:
      return body;
  }
}

/** A text as a regular expression that fits itself only. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
