/** Steps from a value to one inside it: names of members, places in lists. */
export type JsonPath = readonly (string | number)[];

const STEP = /(?:^|\.)([^.[\]]+)|\[(\d{1,4})\]/y;

/** Reads `data.items[0].id`; the empty path is the value itself. Undefined for what is no path. */
export function parsePath(text: string): JsonPath | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < text.length; at = STEP.lastIndex) {
    const [, name, place] = (at === 0 && text.startsWith('.') ? null : STEP.exec(text)) ?? [];
    if (name === undefined && place === undefined) return undefined;
    steps.push(name ?? Number(place));
  }
  return steps;
}

/** What stands there, or undefined; only what the value itself holds is found, nothing that it inherits. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** The text, number or truth value that stands there, as text; undefined for anything else and for blanks. */
export function textAt(value: unknown, path: JsonPath | undefined): string | undefined {
  const found = path === undefined ? undefined : valueAt(value, path);
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return undefined;
  return String(found).trim() || undefined;
}
