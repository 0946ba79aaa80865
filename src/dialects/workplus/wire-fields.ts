import { InvalidRequest } from '../../common/problem.js';
import { readTolerantJson } from '../tolerant-json.js';

const TRUE: readonly unknown[] = [true, 1, '1', 'true'];
const FALSE: readonly unknown[] = [false, 0, '0', 'false'];

/**
 * A JSON object or a query of a request, read as liberally as callers write it: null and blank are absent, a text may come as a
 * number, a number as a text, a switch as 0 or 1. Every refusal is an InvalidRequest naming the field's path.
 */
export class WireFields {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  /** `path` is what the value is called in refusals; the fields of the whole body have no prefix. */
  static from(value: unknown, path = ''): WireFields {
    if (!isObject(value)) throw InvalidRequest.at(path || 'body', 'must be a JSON object');
    return new WireFields(value, path);
  }

  at(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  /** As sent; null and what an object inherits are absent. */
  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? undefined) : undefined;
  }

  /** Text as sent, blanks around it included; nothing but blanks is absent. */
  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const text = scalarText(value, this.at(name));
    return text.trim() === '' ? undefined : text;
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.missing(name);
  }

  /** A code, an id or a name: trimmed. */
  code(name: string): string | undefined {
    return this.text(name)?.trim();
  }

  requiredCode(name: string): string {
    return this.code(name) ?? this.missing(name);
  }

  flag(name: string): boolean | undefined {
    const given = this.raw(name);
    const value = typeof given === 'string' ? given.trim().toLowerCase() : given;
    if (value === undefined || value === '') return undefined;
    if (TRUE.includes(value)) return true;
    if (FALSE.includes(value)) return false;
    throw InvalidRequest.at(this.at(name), 'must be true or false');
  }

  /** A whole number that is not negative. */
  count(name: string): number | undefined {
    const text = this.code(name);
    if (text === undefined) return undefined;
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    throw InvalidRequest.at(this.at(name), 'must be a whole number, not negative');
  }

  list(name: string): unknown[] | undefined {
    const value = this.raw(name);
    if (value === undefined || Array.isArray(value)) return value as unknown[] | undefined;
    throw InvalidRequest.at(this.at(name), 'must be an array');
  }

  /** A value that callers send as JSON or as a string holding JSON; the tables call such fields String. */
  json(name: string): unknown {
    const value = this.raw(name);
    return typeof value === 'string' && value.trim() !== '' ? parseJson(value, this.at(name)) : value;
  }

  requiredObject(name: string): WireFields {
    const value = this.json(name);
    return value === undefined || value === '' ? this.missing(name) : WireFields.from(value, this.at(name));
  }

  missing(name: string): never {
    throw InvalidRequest.at(this.at(name), 'is required');
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leaves out what has no value. */
export const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export function scalarText(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value);
  throw InvalidRequest.at(path, 'must be a string');
}

/** JSON inside a string. @throws InvalidRequest at `path` */
export function parseJson(text: string, path: string): unknown {
  try {
    return readTolerantJson(text);
  } catch {
    throw InvalidRequest.at(path, 'is not JSON');
  }
}
