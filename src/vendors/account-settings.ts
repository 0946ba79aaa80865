import { InvalidRequest } from '../common/problem.js';
import type { VendorDefinition, VendorSetting } from './vendor.js';
import { fieldProblem, unknownFields } from './vendor-fields.js';

/** An account's settings, ready to be stored: the plain ones readable, the sensitive ones to be encrypted. */
export interface CheckedSettings {
  settings: Record<string, unknown>;
  secrets: Record<string, unknown>;
}

/**
 * Checks what a person filled in against the vendor's definition: unknown names, missing ones, wrong values. Null and the
 * empty string count as left out. Fills in defaults and sets the sensitive settings apart.
 *
 * @throws InvalidRequest naming every wrong setting as `settings.<name>`
 */
export function checkSettings(
  definition: VendorDefinition,
  settings: Readonly<Record<string, unknown>>,
): CheckedSettings {
  const errors = unknownFields(definition.settings, settings, 'settings', `a setting of ${definition.code}`);
  const checked: CheckedSettings = { settings: {}, secrets: {} };
  for (const setting of definition.settings) {
    const given = Object.hasOwn(settings, setting.name) ? settings[setting.name] : undefined;
    const value = given === '' ? setting.default : (given ?? setting.default);
    const problem = problemOf(setting, value);
    if (problem) errors.push({ path: `settings.${setting.name}`, message: problem });
    else if (value !== undefined) checked[setting.sensitive ? 'secrets' : 'settings'][setting.name] = value;
  }
  if (errors.length === 0)
    errors.push(...(definition.checkSettings?.({ ...checked.settings, ...checked.secrets }) ?? []));
  if (errors.length > 0) throw new InvalidRequest(errors);
  return checked;
}

function problemOf(setting: VendorSetting, value: unknown): string | undefined {
  if (value === undefined) return setting.required ? 'is required' : undefined;
  return fieldProblem(setting, value);
}
