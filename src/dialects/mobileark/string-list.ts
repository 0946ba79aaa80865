/**
 * A list that stands in one field: items divided by commas, blanks around them left out, none twice. A JSON array of strings is read
 * as well. What is left may be empty.
 */
export function readStringList(text: string, divider: RegExp = /,/): string[] {
  const items = jsonStrings(text) ?? text.split(divider);
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))];
}

function jsonStrings(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}
