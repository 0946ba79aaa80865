import type { Parameters } from './parameters.js';
import { readStringList } from './string-list.js';
import { invalidParameters, missingParameters } from './wire-error.js';

/** Longest login id or department id, of each item of a list. */
export const LONGEST_ID = 36;
const LONGEST_ORGANISATION = 20;

interface ListRule {
  /** Items; more are refused. */
  most: number;
  /** How long an item counts. */
  lengthOf?: (item: string) => number;
}

const lengthOfText = (text: string): number => text.length;

/**
 * Reads a method's own parameters and remembers what is wrong, so that one error names them all. An empty parameter is an absent one.
 * What cannot be read becomes an empty value; nothing may be done with it before `check`.
 */
export class BusinessParameters {
  private readonly missing: string[] = [];
  private readonly invalid: string[] = [];

  constructor(private readonly parameters: Parameters) {}

  /** 机构标识. Every method that has one calls it so. */
  organisation(): string {
    return this.identifier('ecid', LONGEST_ORGANISATION);
  }

  /** One code or id, without the blanks around it. */
  identifier(name: string, longest: number, lengthOf = lengthOfText): string {
    const value = this.parameters.get(name)?.trim();
    if (value === undefined) this.missing.push(name);
    else if (value === '' || lengthOf(value) > longest || isUnstorable(value)) this.reject(name);
    return value ?? '';
  }

  /** Text as it was sent; nothing but blanks says nothing. */
  required(name: string, longest: number): string {
    if (this.parameters.get(name) === undefined) this.missing.push(name);
    return this.optional(name, longest) ?? '';
  }

  optional(name: string, longest: number): string | undefined {
    const value = this.parameters.get(name);
    if (value !== undefined && (value.length > longest || value.trim() === '' || isUnstorable(value))) {
      this.reject(name);
      return undefined;
    }
    return value;
  }

  /** The items of a list; empty when it is absent. One that is given must name something. */
  list(name: string, { most, lengthOf = lengthOfText }: ListRule): string[] {
    const value = this.parameters.get(name);
    if (value === undefined) return [];
    const items = readStringList(value);
    const wrong = items.some((item) => lengthOf(item) > LONGEST_ID || isUnstorable(item));
    if (items.length === 0 || items.length > most || wrong) this.reject(name);
    return items;
  }

  /** The same, of a list that must be there. */
  requiredList(name: string, rule: ListRule): string[] {
    if (this.parameters.get(name) === undefined) this.missing.push(name);
    return this.list(name, rule);
  }

  raw(name: string): string | undefined {
    return this.parameters.get(name);
  }

  require(...names: string[]): void {
    this.missing.push(...names);
  }

  reject(name: string): void {
    if (!this.invalid.includes(name)) this.invalid.push(name);
  }

  /** @throws MobilearkError 1032 naming what is missing or, when nothing is, 1033 naming what is wrong */
  check(): void {
    if (this.missing.length > 0) throw missingParameters(this.missing);
    if (this.invalid.length > 0) throw invalidParameters(this.invalid);
  }
}

/** U+0000 and halves of surrogate pairs, which no database stores as text. */
export function isUnstorable(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}
