import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

type Fields = Record<string, unknown>;
type Holds = (object: Fields, value: unknown) => boolean;

interface Plan {
  type: new () => Fields;
  fields: ReadonlyMap<string, Field>;
}

interface Field {
  name: string;
  /** The field is looked at only while all of these hold. */
  conditions: Holds[];
  rules: Holds[];
  /** Of a field that holds an object, or a list of objects, of a class. */
  part: Plan | undefined;
}

/** Deeper bodies are left to the thorough way. */
const DEEPEST = 32;

const plans = new WeakMap<object, Plan | null>();

/**
 * The instance of a class that a parsed JSON body makes, checked by the rules that the class's decorators state; undefined when a
 * rule is broken, or when this cannot be told here. Then class-transformer and class-validator, which read the same decorators, are
 * to be asked: they name what is wrong. What they work out anew for each request, a class's rules, is worked out once here.
 */
export function quickInstance(type: new () => object, body: unknown): object | undefined {
  let plan = plans.get(type);
  if (plan === undefined) {
    plan = planOf(type, new Set());
    plans.set(type, plan);
  }
  return plan === null ? undefined : build(plan, body, 0);
}

/** Null for a class whose decorators say more than is understood here. */
function planOf(type: new () => object, above: ReadonlySet<unknown>): Plan | null {
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const isPlain =
    defaultMetadataStorage.getStrategy(type) === 'none' &&
    defaultMetadataStorage.getExposedMetadatas(type).length === 0 &&
    defaultMetadataStorage.getExcludedMetadatas(type).length === 0;
  if (metadatas.length === 0 || !isPlain || above.has(type)) return null;
  const fields = new Map<string, Field>();
  for (const name of new Set(metadatas.map(({ propertyName }) => propertyName))) {
    const own = metadatas.filter(({ propertyName }) => propertyName === name);
    const field = fieldOf(type, name, own, new Set(above).add(type));
    if (field === null) return null;
    fields.set(name, field);
  }
  return { type: type as new () => Fields, fields };
}

function fieldOf(
  type: new () => object,
  name: string,
  metadatas: ValidationMetadata[],
  above: ReadonlySet<unknown>,
): Field | null {
  const transforms = defaultMetadataStorage.findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS);
  if (transforms.length > 0) return null;
  const field: Field = { name, conditions: [], rules: [], part: undefined };
  let nested = false;
  for (const metadata of metadatas) {
    if ((metadata.groups ?? []).length > 0 || metadata.always !== undefined) return null;
    if (metadata.type === ValidationTypes.CONDITIONAL_VALIDATION)
      field.conditions.push(metadata.constraints[0] as Holds);
    else if (metadata.type === ValidationTypes.NESTED_VALIDATION) nested = true;
    else if (metadata.type === ValidationTypes.CUSTOM_VALIDATION) field.rules.push(...rulesOf(type, metadata));
    else return null;
  }
  const typed = defaultMetadataStorage.findTypeMetadata(type, name) as
    ReturnType<typeof defaultMetadataStorage.findTypeMetadata> | undefined;
  if (nested !== (typed !== undefined)) return null;
  if (typed === undefined) return field;
  if (typed.options?.discriminator !== undefined) return null;
  const part = planOf(typed.typeFunction() as new () => object, above);
  return part === null ? null : { ...field, part };
}

function rulesOf(type: new () => object, metadata: ValidationMetadata): Holds[] {
  const { propertyName: property, constraints, each, validateIf } = metadata;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance }): Holds => {
      const holds = (object: Fields, value: unknown): boolean => {
        const about: ValidationArguments = { targetName: type.name, property, object, value, constraints };
        // A promise is no answer here.
        return each && Array.isArray(value)
          ? value.every((item) => instance.validate(item, about) === true)
          : instance.validate(value, about) === true;
      };
      return validateIf === undefined ? holds : (object, value) => !validateIf(object, value) || holds(object, value);
    });
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function build({ type, fields }: Plan, source: unknown, depth: number): Fields | undefined {
  if (!isObject(source) || depth > DEEPEST) return undefined;
  const target = new type();
  for (const name of Object.keys(source)) {
    const field = fields.get(name);
    const value = source[name];
    if (field === undefined || value === undefined) return undefined;
    const made = field.part === undefined ? value : buildPart(field.part, value, depth + 1);
    if (made === undefined || (field.part === undefined && !isOrdinary(value, depth + 1))) return undefined;
    target[name] = made;
  }
  for (const field of fields.values()) if (!fits(field, target)) return undefined;
  return target;
}

function buildPart(plan: Plan, value: unknown, depth: number): Fields | Fields[] | undefined {
  if (!Array.isArray(value)) return build(plan, value, depth);
  const parts: Fields[] = [];
  for (const item of value) {
    const part = build(plan, item, depth + 1);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function fits({ name, conditions, rules }: Field, object: Fields): boolean {
  const value = object[name];
  for (const condition of conditions) if (!condition(object, value)) return true;
  for (const rule of rules) if (!rule(object, value)) return false;
  return true;
}

/** Whether class-transformer would copy it as it is: it leaves out keys such as `constructor` and `toString`. */
function isOrdinary(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isOrdinary(item, depth + 1)) return false;
    return true;
  }
  if (!isObject(value)) return false;
  for (const key of Object.keys(value)) {
    if (key in Object.prototype || !isOrdinary(value[key], depth + 1)) return false;
  }
  return true;
}
