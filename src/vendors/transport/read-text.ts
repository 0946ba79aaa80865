import { isObject } from './untrusted.js';

/** 1000 outcomes with long codes and references take a tenth of it. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

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

/** Text of a stranger on one line, short enough to be told to a person. */
export const excerpt = (text: string, most = 300): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, most);

/** The JSON object that a text holds; undefined for anything else. Its fields may be of any type: a stranger wrote them. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  const value = parsed(text);
  return isObject(value) ? value : undefined;
}

/** The JSON array that a text holds; undefined for anything else. */
export function jsonArray(text: string): unknown[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
