import { InvalidRequest } from './problem.js';

/** How a path names a thing: by its code, or by its id as `~123`. */
export type ResourceKey = { code: string } | { id: string };

export function resourceKey(text: string): ResourceKey {
  if (!text.startsWith('~')) return { code: text };
  const id = text.slice(1);
  if (!/^[1-9]\d{0,17}$/.test(id)) throw InvalidRequest.at('id', `is not an id: ${text.slice(0, 40)}`);
  return { id };
}

/** The same for things whose ids are 32-bit numbers. */
export function smallResourceKey(text: string): { code: string } | { id: number } {
  const key = resourceKey(text);
  if ('code' in key) return key;
  const id = Number(key.id);
  if (id > 2_147_483_647) throw InvalidRequest.at('id', `is not an id: ${text.slice(0, 40)}`);
  return { id };
}
