import type { Readable } from 'node:stream';
import type { RawLine } from './import-line.js';

/** Longest line, in bytes. */
export const LONGEST_LINE = 65_536;
const LINES_PER_CHUNK = 1000;
/** Chunks of long lines are cut earlier, so that memory has a bound that can be afforded. */
const BYTES_PER_CHUNK = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Cuts a stream into lines and these into chunks, holding one chunk at a time. Blank lines are counted and left out. */
export async function* splitLines(stream: Readable): AsyncGenerator<RawLine[]> {
  const lines = new LineCollector();
  // Leaving early must not destroy the request: its socket still carries the answer.
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      lines.add(bytes.subarray(start, end));
      lines.endLine();
      start = end + 1;
      if (lines.isFull()) yield lines.take();
    }
    lines.add(bytes.subarray(start));
  }
  lines.endLine();
  const rest = lines.take();
  if (rest.length > 0) yield rest;
}

class LineCollector {
  private chunk: RawLine[] = [];
  private chunkBytes = 0;
  private number = 1;
  private parts: Buffer[] = [];
  private lineBytes = 0;

  add(part: Buffer): void {
    if (part.length === 0) return;
    this.lineBytes += part.length;
    // A copy, since a part would keep its whole network buffer alive; what is too long is not kept at all.
    if (this.lineBytes <= LONGEST_LINE) this.parts.push(Buffer.from(part));
    else this.parts = [];
  }

  endLine(): void {
    const tooLong = this.lineBytes > LONGEST_LINE;
    const bytes = tooLong ? undefined : Buffer.concat(this.parts);
    if (bytes === undefined || !isBlank(bytes)) {
      this.chunk.push({ line: this.number, bytes });
      this.chunkBytes += bytes?.length ?? 0;
    }
    this.number++;
    this.parts = [];
    this.lineBytes = 0;
  }

  isFull(): boolean {
    return this.chunk.length >= LINES_PER_CHUNK || this.chunkBytes >= BYTES_PER_CHUNK;
  }

  take(): RawLine[] {
    const taken = this.chunk;
    this.chunk = [];
    this.chunkBytes = 0;
    return taken;
  }
}

/** Nothing but blanks, tabs and carriage returns. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
