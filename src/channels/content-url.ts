import { isSafeUrl } from '../templates/rendering/safe-url.js';

const TEMPLATE_TAG = /\{\{.*?\}\}|\{%.*?%\}/gs;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const CONTROL_OR_BACKSLASH = /[\s\p{Cc}\\]/u;
/** Schemes that run code or read files where the link is opened. */
const DANGEROUS = new Set(['javascript', 'vbscript', 'data', 'file', 'blob', 'about', 'view-source']);

/** What a template puts in is made safe, and the whole checked again, when it is rendered. */
const withoutTags = (url: string): string => url.replace(TEMPLATE_TAG, 'x');

/** An http(s) address or a relative path, possibly with template tags. */
export function isWebUrl(url: string): boolean {
  return isSafeUrl(withoutTags(url));
}

/** As `isWebUrl`, or a link that an app registered for itself, such as `myapp://orders/1`. */
export function isAppUrl(url: string): boolean {
  const plain = withoutTags(url);
  const scheme = SCHEME.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return isSafeUrl(plain);
  return !DANGEROUS.has(scheme) && !CONTROL_OR_BACKSLASH.test(plain);
}
