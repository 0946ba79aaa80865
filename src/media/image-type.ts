/** So many first bytes tell an image. */
export const IMAGE_HEAD_BYTES = 16;

const starts = (head: Buffer, bytes: string, at = 0): boolean =>
  head.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'));

/** Formats that browsers and phones show and that cannot hold a script. */
const IMAGES: readonly { type: string; matches: (head: Buffer) => boolean }[] = [
  { type: 'image/png', matches: (head) => starts(head, '\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', matches: (head) => starts(head, '\xff\xd8\xff') },
  { type: 'image/gif', matches: (head) => starts(head, 'GIF87a') || starts(head, 'GIF89a') },
  { type: 'image/webp', matches: (head) => starts(head, 'RIFF') && starts(head, 'WEBP', 8) },
  { type: 'image/bmp', matches: (head) => starts(head, 'BM') && starts(head, '\0\0\0\0', 6) },
];

/** What the first bytes of a file say it is, whatever its name or sender say; undefined when it is no image. */
export function imageType(head: Buffer): string | undefined {
  return IMAGES.find(({ matches }) => matches(head))?.type;
}
