type Options = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Alternatives: a badge is either set or added to, never both. */
const WHOLE = new Set(['badge']);

/** Options laid over others, property by property down to the last; lists and single values are replaced. */
export function mergeOptions(below: Options, above: Options): Options {
  const merged: Record<string, unknown> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const known = merged[name];
    merged[name] = isObject(known) && isObject(value) && !WHOLE.has(name) ? mergeOptions(known, value) : value;
  }
  return merged;
}
