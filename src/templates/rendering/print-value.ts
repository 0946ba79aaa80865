import { InvalidRequest } from '../../common/problem.js';
import { variablePath } from './missing-variables.js';

/** How a value is made safe for where it is put. */
export type Escape = 'none' | 'html' | 'url';

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const HTML_SPECIAL = /[&<>"']/;
const HTML_SPECIALS = /[&<>"']/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;

export function escapeText(text: string, escape: Escape): string {
  if (escape === 'none') return text;
  if (escape === 'url') return encodeURIComponent(text.replace(LONE_SURROGATES, '\ufffd'));
  return HTML_SPECIAL.test(text) ? text.replace(HTML_SPECIALS, (character) => HTML_ENTITIES[character] ?? '') : text;
}

/** A scalar's words; undefined when the value is not a single one. */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
  }
}

/** The variable's value as it stands in the text. */
export function printValue(value: unknown, name: string, escape: Escape): string {
  const text = scalarText(value);
  if (text === undefined) {
    throw InvalidRequest.at(variablePath(name), 'is not a single value that a text can show', 'invalid_variable');
  }
  return escapeText(text, escape);
}
