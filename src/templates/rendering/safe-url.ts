const CONTROL_OR_BACKSLASH = /[\s\p{Cc}\\]/u;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const HTTP = /^https?:\/\/./i;

/**
 * Whether a value may be a whole link: an http(s) address or a relative path. `javascript:`, `data:`, `//other.host` and
 * whatever a browser would read as one of them after dropping control characters are not.
 */
export function isSafeUrl(url: string): boolean {
  if (CONTROL_OR_BACKSLASH.test(url)) return false;
  if (HTTP.test(url)) return URL.canParse(url);
  return !SCHEME.test(url) && !url.startsWith('//');
}
