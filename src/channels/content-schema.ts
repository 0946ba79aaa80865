import type { FieldError } from '../common/problem.js';
import type { ChannelKind } from './channel-kind.js';
import { type ContentField, contentFields } from './content-fields.js';

export { contentFields };

/**
 * Checks one channel's content, final words and template text alike: every wrong or unknown field is named under `path`.
 * A field without a value (undefined) counts as left out.
 *
 * @example
 * checkContent('sms', { title: 'Hi' }, 'contents.1001')
 * // [{ path: 'contents.1001.title', message: 'is not a field of sms content (text, sign, vendorTemplate)' },
 * //  { path: 'contents.1001', message: 'needs text or vendorTemplate' }]
 */
export function checkContent(kind: ChannelKind, content: unknown, path: string): FieldError[] {
  if (!isObject(content)) return [{ path, message: 'must be an object' }];
  const { fields, oneOf } = contentFields(kind);
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    const field = fields.find((known) => known.name === name);
    if (field) errors.push(...checkField(field, value, `${path}.${name}`));
    else errors.push({ path: `${path}.${name}`, message: `is not a field of ${kind} content (${namesOf(fields)})` });
  }
  if (oneOf.every((name) => isBlank(content[name]))) errors.push({ path, message: `needs ${oneOf.join(' or ')}` });
  return errors;
}

function checkField(field: ContentField, value: unknown, path: string): FieldError[] {
  const fits = field.type === 'string' ? typeof value === 'string' : isObject(value);
  if (!fits) return [{ path, message: field.type === 'string' ? 'must be a string' : 'must be an object' }];
  const size = field.type === 'string' ? String(value) : JSON.stringify(value);
  const length = field.unit === 'bytes' ? Buffer.byteLength(size) : size.length;
  if (length > field.max) return [{ path, message: `must not be longer than ${field.max} ${field.unit}` }];
  return field.check?.(value, path) ?? [];
}

function namesOf(fields: readonly ContentField[]): string {
  return fields.map(({ name }) => name).join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}
