import { InvalidRequest } from '../../common/problem.js';

/**
 * A JSON object of a request, read as liberally as callers write it: a string may come as a number, null and blank count as
 * absent, codes are trimmed. Every refusal is an InvalidRequest naming the field's path.
 */
export class WireObject {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static from(value: unknown, path = ''): WireObject {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw InvalidRequest.at(path || 'body', 'must be a JSON object');
    }
    return new WireObject(value as Record<string, unknown>, path);
  }

  /** The fields that have a value. */
  get names(): string[] {
    return Object.keys(this.values());
  }

  at(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? undefined) : undefined;
  }

  /** Text as sent, blanks included, unless it is nothing but blanks. */
  text(name: string): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : asText(value, this.at(name));
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.missing(name);
  }

  /** A code, id or name: trimmed. */
  code(name: string): string | undefined {
    return this.text(name)?.trim();
  }

  requiredCode(name: string): string {
    return this.code(name) ?? this.missing(name);
  }

  /** A list of codes or addresses: trimmed, blanks and repetitions left out; empty when absent. */
  codes(name: string): string[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw InvalidRequest.at(this.at(name), 'must be an array of strings');
    const codes = value.map((item: unknown, index) => asText(item, `${this.at(name)}[${index}]`)?.trim());
    return [...new Set(codes.filter((code) => code !== undefined))];
  }

  object(name: string): WireObject | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : WireObject.from(value, this.at(name));
  }

  requiredObject(name: string): WireObject {
    return this.object(name) ?? this.missing(name);
  }

  /** Every field that has a value, as sent. */
  values(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.fields).filter(([, value]) => value !== null && value !== undefined));
  }

  /** Every field that has a value, each a scalar rendered as text: 1001 is "1001". */
  scalars(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.values()).map(([name, value]) => {
        if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
          return [name, String(value)];
        }
        throw InvalidRequest.at(this.at(name), 'must be a string, a number or a boolean');
      }),
    );
  }

  private missing(name: string): never {
    throw InvalidRequest.at(this.at(name), 'is required');
  }
}

function asText(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value);
    throw InvalidRequest.at(path, 'has too many digits for a JSON number; send it as a string');
  }
  throw InvalidRequest.at(path, 'must be a string');
}
