import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Behaviour } from './counting-vendor-faults.js';

/** One call that the counting vendor read to its end. */
export interface VendorCall {
  /** First part of the request's path: which account it came through. */
  account: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  attempt: number;
  references: string[];
  /** What it chose to do; absent when it died before that. */
  behaviour?: Behaviour;
  /** So many of the first references were accepted. */
  accepted: number;
  acceptedAt: number;
  /** The whole, clear answer was handed to the network. */
  answered: boolean;
}

/**
 * The counting vendor's own account of what it did. Each step is one whole line, written before the next step is taken, so that a
 * killed vendor leaves at most its last line torn; that one ends in no full stop, and counts for nothing.
 */
export class CountingVendorLog {
  private readonly file: number;
  private readonly run = Date.now().toString(36);
  private calls = 0;
  private closed = false;

  constructor(path: string) {
    this.file = openSync(path, 'a');
    // Ends a torn line.
    writeSync(this.file, '\n');
  }

  /** Returns the call's name in the log. */
  received(account: string, attempt: number, references: readonly string[]): string {
    const call = `${this.run}-${this.calls++}`;
    this.write('R', call, Date.now(), account, attempt, references.join(','));
    return call;
  }

  behaves(call: string, behaviour: Behaviour): void {
    this.write('B', call, Date.now(), behaviour);
  }

  accepted(call: string, count: number): void {
    this.write('A', call, Date.now(), count);
  }

  answered(call: string): void {
    this.write('E', call);
  }

  close(): void {
    this.closed = true;
    closeSync(this.file);
  }

  /** Nobody is answered any more once it is closed; its number may be another file's by then. */
  private write(...fields: (string | number)[]): void {
    if (this.closed) return;
    writeSync(this.file, `${fields.join('\t')}\t.\n`);
  }
}

/** All calls of a log, in the order they came in. */
export async function readVendorLog(path: string): Promise<VendorCall[]> {
  const calls = new Map<string, VendorCall>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const fields = line.split('\t');
    if (fields.pop() !== '.') continue;
    const [step, name = '', at, ...rest] = fields;
    const call = calls.get(name);
    if (step === 'R') {
      const [account = '', attempt, references = ''] = rest;
      calls.set(name, {
        account,
        receivedAt: Number(at),
        attempt: Number(attempt),
        references: references === '' ? [] : references.split(','),
        accepted: 0,
        acceptedAt: 0,
        answered: false,
      });
    } else if (step === 'B' && call !== undefined) {
      call.behaviour = rest[0] as Behaviour;
    } else if (step === 'A' && call !== undefined) {
      call.accepted = Number(rest[0]);
      call.acceptedAt = Number(at);
    } else if (step === 'E' && call !== undefined) {
      call.answered = true;
    }
  }
  return [...calls.values()];
}
