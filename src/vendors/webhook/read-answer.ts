import type { Outcome, VendorTarget } from '../vendor.js';

/** 1000 outcomes with long codes and references take a tenth of it. */
const LONGEST_ANSWER = 4 * 1024 * 1024;
const EXCERPT = 300;
const LONGEST_WORD = 200;

type Chunks = AsyncIterable<Uint8Array> & { destroy(): unknown };

/** The body as text, or undefined when it is longer than allowed; rejects when it breaks off. */
export async function readText(body: Chunks, limit = LONGEST_ANSWER): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) {
      body.destroy();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The beginning of an error's body, on one line. */
export async function readExcerpt(body: Chunks): Promise<string> {
  try {
    const text = (await readText(body, 64 * 1024)) ?? '';
    return text.replaceAll(/\s+/g, ' ').trim().slice(0, EXCERPT);
  } catch {
    return '';
  }
}

/**
 * The outcomes of a 2xx answer: none named means accepted. An answer that cannot be read tells nothing of anybody.
 *
 * @example { "outcomes": [{ "reference": "16-1-2s", "status": "retry", "code": "busy", "afterSeconds": 5 }] }
 */
export function readOutcomes(text: string | undefined, targets: readonly VendorTarget[]): Outcome[] {
  if (text !== undefined && text.trim() === '') return targets.map(() => ({ status: 'accepted' }));
  const listed = text === undefined ? undefined : parse(text);
  if (listed === undefined) {
    const unread: Outcome = { status: 'unknown', code: 'unreadable-answer', detail: text?.slice(0, EXCERPT) };
    return targets.map(() => unread);
  }
  return targets.map(({ reference }) => {
    const entry = listed.get(reference);
    return entry === undefined ? { status: 'accepted' } : toOutcome(entry);
  });
}

function parse(text: string): Map<unknown, Record<string, unknown>> | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(answer)) return undefined;
  const { outcomes = [] } = answer;
  if (!Array.isArray(outcomes) || !outcomes.every(isObject)) return undefined;
  return new Map(outcomes.map((entry) => [entry['reference'], entry]));
}

function toOutcome(entry: Record<string, unknown>): Outcome {
  const { status, afterSeconds } = entry;
  const code = word(entry['code']) ?? 'gateway';
  const detail = word(entry['detail']);
  switch (status) {
    case 'accepted':
      return { status, vendorReference: word(entry['vendorReference']) };
    case 'rejected':
    case 'address-gone':
    case 'unreachable':
    case 'unknown':
      return { status, code, detail };
    case 'retry':
      return typeof afterSeconds === 'number' && afterSeconds >= 0 && Number.isFinite(afterSeconds)
        ? { status, code, detail, afterSeconds }
        : { status, code, detail };
    default:
      return { status: 'unknown', code: 'unreadable-answer', detail: `The outcome's status is ${String(status)}.` };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function word(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, LONGEST_WORD) : undefined;
}
