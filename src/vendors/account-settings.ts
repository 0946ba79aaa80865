import { type FieldError, InvalidRequest } from '../common/problem.js';
import type { VendorDefinition, VendorSetting } from './vendor.js';

/** An account's settings, ready to be stored: the plain ones readable, the sensitive ones to be encrypted. */
export interface CheckedSettings {
  settings: Record<string, unknown>;
  secrets: Record<string, unknown>;
}

const TYPES: Record<VendorSetting['type'], { name: string; fits: (value: unknown) => boolean }> = {
  string: { name: 'a string', fits: (value) => typeof value === 'string' },
  integer: { name: 'a whole number', fits: (value) => Number.isSafeInteger(value) },
  number: { name: 'a number', fits: (value) => Number.isFinite(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  object: { name: 'an object', fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  array: { name: 'an array', fits: (value) => Array.isArray(value) },
};

/**
 * Checks what a person filled in against the vendor's definition: unknown names, missing ones, wrong types. Null and the
 * empty string count as left out. Fills in defaults and sets the sensitive settings apart.
 *
 * @throws InvalidRequest naming every wrong setting as `settings.<name>`
 */
export function checkSettings(
  definition: VendorDefinition,
  settings: Readonly<Record<string, unknown>>,
): CheckedSettings {
  const errors: FieldError[] = unknownNames(definition, settings);
  const checked: CheckedSettings = { settings: {}, secrets: {} };
  for (const setting of definition.settings) {
    const given = Object.hasOwn(settings, setting.name) ? settings[setting.name] : undefined;
    const value = given === '' ? setting.default : (given ?? setting.default);
    const problem = problemOf(setting, value);
    if (problem) errors.push({ path: `settings.${setting.name}`, message: problem });
    else if (value !== undefined) checked[setting.sensitive ? 'secrets' : 'settings'][setting.name] = value;
  }
  if (errors.length > 0) throw new InvalidRequest(errors);
  return checked;
}

function unknownNames(definition: VendorDefinition, settings: Readonly<Record<string, unknown>>): FieldError[] {
  const known = new Set(definition.settings.map((setting) => setting.name));
  return Object.keys(settings)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: `settings.${name}`, message: `is not a setting of ${definition.code}` }));
}

function problemOf(setting: VendorSetting, value: unknown): string | undefined {
  if (value === undefined) return setting.required ? 'is required' : undefined;
  const type = TYPES[setting.type];
  return type.fits(value) ? undefined : `must be ${type.name}`;
}
