import { Injectable } from '@nestjs/common';
import { type FieldError, InvalidRequest } from '../common/problem.js';
import type { VendorField } from '../vendors/vendor.js';
import { fieldProblem, unknownFields } from '../vendors/vendor-fields.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { ANDROID_FIELDS, IOS_FIELDS, PUSH_FIELDS } from './push-fields.js';

type Options = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks what messages, templates and channels ask of vendors: `options.push`. Other options are the caller's own. */
@Injectable()
export class OptionRules {
  constructor(private readonly vendors: VendorRegistry) {}

  /** @throws InvalidRequest naming every wrong or unknown option under `path` */
  check(options: Options | undefined, path = 'options'): void {
    const push = options?.['push'];
    if (push === undefined || push === null) return;
    const errors = isObject(push)
      ? this.pushProblems(push, `${path}.push`)
      : [{ path: `${path}.push`, message: 'must be an object' }];
    if (errors.length > 0) throw new InvalidRequest(errors);
  }

  private pushProblems(push: Options, path: string): FieldError[] {
    const { ios, android, vendors, ...common } = push;
    return [
      ...fieldsProblems(PUSH_FIELDS, common, path, 'a push option'),
      ...fieldsProblems(IOS_FIELDS, ios, `${path}.ios`, 'an option for iOS'),
      ...fieldsProblems(ANDROID_FIELDS, android, `${path}.android`, 'an option for Android'),
      ...this.vendorsProblems(vendors, `${path}.vendors`),
    ];
  }

  private vendorsProblems(vendors: unknown, path: string): FieldError[] {
    if (vendors === undefined) return [];
    if (!isObject(vendors)) return [{ path, message: 'must be an object' }];
    const known = this.vendors.all().filter(({ definition }) => definition.kind === 'push');
    return Object.entries(vendors).flatMap(([code, options]) => {
      const definition = known.find((vendor) => vendor.definition.code === code)?.definition;
      if (definition === undefined) {
        const codes = known.map((vendor) => vendor.definition.code).join(', ');
        return [{ path: `${path}.${code}`, message: `is not a push vendor (${codes})` }];
      }
      // What a vendor says of an option itself holds more than what its platform says.
      const platform =
        code === 'apns' ? IOS_FIELDS : code === 'fcm' ? [...ANDROID_FIELDS, ...IOS_FIELDS] : ANDROID_FIELDS;
      const fields = [...(definition.options ?? []), ...platform];
      const problems = fieldsProblems(fields, options, `${path}.${code}`, `an option of ${code}`);
      if (problems.length > 0 || definition.checkOptions === undefined) return problems;
      return definition
        .checkOptions(options as Options)
        .map((problem) => ({ ...problem, path: `${path}.${code}.${problem.path}` }));
    });
  }
}

function fieldsProblems(fields: readonly VendorField[], given: unknown, path: string, owner: string): FieldError[] {
  if (given === undefined) return [];
  if (!isObject(given)) return [{ path, message: 'must be an object' }];
  const wrong = Object.entries(given).flatMap(([name, value]): FieldError[] => {
    const field = fields.find((one) => one.name === name);
    const message = field === undefined || value === undefined ? undefined : fieldProblem(field, value);
    return message === undefined ? [] : [{ path: `${path}.${name}`, message }];
  });
  return [...unknownFields(fields, given, path, owner), ...wrong];
}
