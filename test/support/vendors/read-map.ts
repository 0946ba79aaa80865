/** What is a map in a request, or an empty one where there is none. */
export const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The map that a text holds as JSON, or an empty one. */
export function readMap(text: string): Record<string, unknown> {
  try {
    return mapOf(JSON.parse(text));
  } catch {
    return {};
  }
}
