const normalise = (locale: string): string => locale.trim().toLowerCase().replaceAll('_', '-');

/** `zh-Hant-TW` -> itself, `zh-hant`, `zh`. */
function lessAndLessSpecific(locale: string): string[] {
  const parts = normalise(locale).split('-');
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
}

function match(available: readonly string[], wanted: string): string | undefined {
  const candidates = lessAndLessSpecific(wanted);
  for (const candidate of candidates) {
    const found = available.find((locale) => normalise(locale) === candidate);
    if (found !== undefined) return found;
  }
  const language = `${candidates.at(-1)}-`;
  return available.find((locale) => normalise(locale).startsWith(language));
}

/**
 * Which of the available locales a person gets: the wanted one, else its language (`zh-CN`: `zh`, then any `zh-…`), else the fallback
 * by the same rule, else the first. Case and `_` or `-` make no difference; the answer is spelled as in `available`.
 */
export function pickLocale(available: readonly string[], wanted: string | undefined, fallback: string): string {
  return (wanted && match(available, wanted)) || match(available, fallback) || (available[0] ?? fallback);
}
