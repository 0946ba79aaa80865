import { InvalidRequest } from '../../common/problem.js';
import { readTolerantJson } from '../tolerant-json.js';

const TRUE = new Set<unknown>([true, 'true', 1, '1']);
const FALSE = new Set<unknown>([false, 'false', 0, '0']);

/**
 * The fields of a request, read as liberally as callers write them: null and blank text count as left out, a number stands for its
 * digits and digits for a number. Every refusal is an InvalidRequest naming the field's path.
 */
export class WireFields {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static from(value: unknown, path = ''): WireFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw InvalidRequest.at(path || 'body', 'must be a JSON object');
    return new WireFields(value as Record<string, unknown>, path);
  }

  /** The names of the fields that have a value. */
  get names(): string[] {
    return Object.entries(this.fields).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [name],
    );
  }

  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? undefined) : undefined;
  }

  /** Text as sent, blanks included, unless it is nothing but blanks. */
  text(name: string, longest: number): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : textOf(value, this.at(name), longest);
  }

  requiredText(name: string, longest: number): string {
    return this.text(name, longest) ?? this.missing(name);
  }

  /** A whole number, or its digits. */
  integer(name: string, least: number, most: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined || (typeof value === 'string' && value.trim() === '')) return undefined;
    const number = typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= least && number <= most) return number;
    throw InvalidRequest.at(this.at(name), `must be a whole number from ${least} to ${most}`);
  }

  requiredInteger(name: string, least: number, most: number): number {
    return this.integer(name, least, most) ?? this.missing(name);
  }

  flag(name: string): boolean | undefined {
    const value = this.raw(name);
    const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
    if (given === undefined || given === '') return undefined;
    if (TRUE.has(given)) return true;
    if (FALSE.has(given)) return false;
    throw InvalidRequest.at(this.at(name), 'must be true or false');
  }

  requiredFlag(name: string): boolean {
    return this.flag(name) ?? this.missing(name);
  }

  /** An object, or a string that holds one as JSON. */
  object(name: string): WireFields | undefined {
    const value = unpacked(this.raw(name));
    return value === undefined ? undefined : WireFields.from(value, this.at(name));
  }

  requiredObject(name: string): WireFields {
    return this.object(name) ?? this.missing(name);
  }

  /** A list of texts, trimmed and each once; one alone may stand for a list. */
  list(name: string, longest: number): string[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const path = this.at(name);
    return [
      ...new Set(
        items.map((item, index) => {
          const at = Array.isArray(value) ? `${path}[${index}]` : path;
          const text = textOf(item, at, longest)?.trim();
          if (text === undefined) throw InvalidRequest.at(at, 'must not be empty');
          return text;
        }),
      ),
    ];
  }

  /** Every field that has a value, as sent. */
  values(): Record<string, unknown> {
    return Object.fromEntries(this.names.map((name) => [name, this.fields[name]]));
  }

  private missing(name: string): never {
    throw InvalidRequest.at(this.at(name), 'is required');
  }
}

/** Callers who put JSON into JSON: what a string holds, when it looks like an object. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  if (!text.startsWith('{')) return value;
  try {
    return readTolerantJson(text);
  } catch {
    // Refused by whoever wants an object here, by the field's name.
    return value;
  }
}

function textOf(value: unknown, path: string, longest: number): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? digits(value, path) : value;
  if (typeof text !== 'string') throw InvalidRequest.at(path, 'must be a string');
  if (text.length > longest) throw InvalidRequest.at(path, `must not be longer than ${longest} characters`);
  return text.trim() === '' ? undefined : text;
}

function digits(value: number, path: string): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw InvalidRequest.at(path, 'has too many digits for a JSON number; send it as a string');
  return String(value);
}
