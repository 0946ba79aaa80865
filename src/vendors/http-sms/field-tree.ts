import type { FieldError } from '../../common/problem.js';
import { readTemplate, type Scope } from './placeholders.js';
import type { Template, Values } from './template.js';

/** A field as the settings have it, taken apart once. */
export type FieldTree =
  | { kind: 'constant'; value: string | number | boolean | null }
  | { kind: 'text'; template: Template }
  /** `{ "$number": "{timestamp}" }`: the number that the text is. */
  | { kind: 'number'; template: Template }
  /** `"{params}"`, `"{paramValues}"` and nothing else: an object, a list. */
  | { kind: 'params' }
  | { kind: 'paramValues' }
  /** `{ "$each": … }`: a list with one element for each number. */
  | { kind: 'each'; element: FieldTree }
  | { kind: 'list'; elements: FieldTree[] }
  | FieldObject;

export interface FieldObject {
  kind: 'object';
  members: (readonly [name: string, FieldTree])[];
}

/** What goes into the fields of one request. */
export interface Filling {
  values: Values;
  /** For each number, in the order of the targets. */
  ofEach: readonly Values[];
  /** Values of the gateway's template, in its order; absent: the message has none. */
  params?: Readonly<Record<string, string>>;
}

export function readObject(
  value: Readonly<Record<string, unknown>>,
  path: string,
  scope: Scope,
  errors: FieldError[],
): FieldObject {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return {
    kind: 'object',
    members: members.map(([name, member]) => [name, readTree(member, `${path}.${name}`, scope, errors)]),
  };
}

function readTree(value: unknown, path: string, scope: Scope, errors: FieldError[]): FieldTree {
  if (value === '{params}' || value === '{paramValues}') {
    readTemplate(value, path, scope, errors);
    return { kind: value === '{params}' ? 'params' : 'paramValues' };
  }
  if (typeof value === 'string') {
    const template = readTemplate(value, path, scope, errors);
    return template.names.length === 0 ? { kind: 'constant', value } : { kind: 'text', template };
  }
  if (Array.isArray(value)) {
    const elements = value.map((element, index) => readTree(element, `${path}[${index}]`, scope, errors));
    return { kind: 'list', elements };
  }
  if (typeof value === 'object' && value !== null)
    return readMarked(value as Record<string, unknown>, path, scope, errors);
  return { kind: 'constant', value: value as number | boolean | null };
}

/** An object, or what its only member `$each` or `$number` makes of it. */
function readMarked(value: Record<string, unknown>, path: string, scope: Scope, errors: FieldError[]): FieldTree {
  const marks = Object.keys(value).filter((name) => name.startsWith('$'));
  if (marks.length === 0) return readObject(value, path, scope, errors);
  const { $each: element, $number: number, ...others } = value;
  if (marks.length > 1 || Object.keys(others).length > 0) {
    errors.push({ path, message: 'must hold nothing beside $each or $number' });
  } else if (typeof number === 'string') {
    return { kind: 'number', template: readTemplate(number, `${path}.$number`, scope, errors) };
  } else if (element === undefined) {
    errors.push({ path: `${path}.$number`, message: 'must be a string' });
  }
  return { kind: 'each', element: readTree(element, `${path}.$each`, { ...scope, number: true }, errors) };
}

/** All placeholders in it. */
export function namesIn(tree: FieldTree): string[] {
  switch (tree.kind) {
    case 'constant':
      return [];
    case 'text':
    case 'number':
      return [...tree.template.names];
    case 'params':
    case 'paramValues':
      return [tree.kind];
    case 'each':
      return namesIn(tree.element);
    case 'list':
      return tree.elements.flatMap(namesIn);
    case 'object':
      return tree.members.flatMap(([, member]) => namesIn(member));
  }
}

/** The members of an object with everything filled in. Left out is whatever its placeholders leave empty, and what holds nothing else. */
export function fillObject({ members }: FieldObject, filling: Filling): Record<string, unknown> {
  const filled = members.map(([name, member]) => [name, fillTree(member, filling)] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

function fillTree(tree: FieldTree, filling: Filling): unknown {
  const { values, ofEach, params } = filling;
  switch (tree.kind) {
    case 'constant':
      return tree.value;
    case 'text':
      return tree.template.fill(values) || undefined;
    case 'number':
      return numberOf(tree.template.fill(values));
    case 'params':
      return params;
    case 'paramValues':
      return params && Object.values(params);
    case 'each':
      return ofEach.map((values) => fillTree(tree.element, { values, ofEach: [values], params }));
    case 'list': {
      const elements = tree.elements
        .map((element) => fillTree(element, filling))
        .filter((value) => value !== undefined);
      return elements.length === 0 && tree.elements.length > 0 ? undefined : elements;
    }
    case 'object': {
      const object = fillObject(tree, filling);
      return Object.keys(object).length === 0 && tree.members.length > 0 ? undefined : object;
    }
  }
}

const numberOf = (text: string): number | undefined =>
  text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);

/** Members as forms and queries take them: what is no text becomes its JSON. */
export function flatten(object: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  return Object.entries(object).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
