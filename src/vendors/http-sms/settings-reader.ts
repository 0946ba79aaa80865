import type { FieldError } from '../../common/problem.js';
import { type JsonPath, parsePath } from './json-path.js';

/** Reads one object of the settings, property by property, and notes what is wrong with each by its path. */
export class SettingsReader {
  private readonly known = new Set<string>();

  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly path: string,
    readonly errors: FieldError[],
  ) {}

  /** Undefined when it is left out. */
  value(name: string): unknown {
    this.known.add(name);
    return Object.hasOwn(this.values, name) ? (this.values[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  complain(name: string, message: string): void {
    this.errors.push({ path: this.pathOf(name), message });
  }

  pathOf(name: string): string {
    return `${this.path}.${name}`;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    this.complain(name, 'must be a string');
    return undefined;
  }

  choice<T extends string>(name: string, choices: readonly T[], usual: T): T {
    const value = this.value(name) ?? usual;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.complain(name, `must be one of ${choices.join(', ')}`);
    return chosen ?? usual;
  }

  jsonPath(name: string): JsonPath | undefined {
    const text = this.text(name);
    const path = text === undefined ? undefined : parsePath(text);
    if (text !== undefined && path === undefined) this.complain(name, 'must be a path such as data.items[0].id');
    return path;
  }

  /** A list of words; numbers in it count as how they are written. */
  words(name: string): string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((word) => typeof word === 'string' || typeof word === 'number'))
      return value.map(String);
    this.complain(name, 'must be a list of strings and numbers');
    return undefined;
  }

  /** A reader of the object that stands there, or of an empty one. */
  part(name: string): SettingsReader {
    const value = this.value(name) ?? {};
    const isObject = typeof value === 'object' && !Array.isArray(value);
    if (!isObject) this.complain(name, 'must be an object');
    return new SettingsReader(isObject ? (value as Record<string, unknown>) : {}, this.pathOf(name), this.errors);
  }

  /** Names and values of an object whose names are free. */
  entries(): [string, unknown][] {
    return Object.entries(this.values).filter(([, value]) => value !== undefined && value !== null);
  }

  /** Complains of every name that nobody asked for. */
  finish(): void {
    for (const name of Object.keys(this.values)) {
      if (!this.known.has(name)) this.complain(name, `is not known here; known are ${[...this.known].join(', ')}`);
    }
  }
}
