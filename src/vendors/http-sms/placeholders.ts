import type { FieldError } from '../../common/problem.js';
import { parseTemplate, type Template } from './template.js';

/** Of the account, at any time. */
const OF_THE_ACCOUNT: readonly string[] = ['account', 'password', 'timestamp', 'nonce'];
/** Of a message and those it goes to in one request. */
const OF_THE_MESSAGE: readonly string[] = [
  'phones',
  'count',
  'text',
  'signedText',
  'sign',
  'templateId',
  'params',
  'paramValues',
  'tag',
  'receiptUrl',
];
/** Of one number. */
const OF_THE_NUMBER: readonly string[] = ['phone', 'reference'];

/** What the placeholders of a text may stand for, by where it stands. */
export interface Scope {
  message: boolean;
  /** There is one number that it speaks of: in what is made for each number, or where each request is to one. */
  number: boolean;
  signature: boolean;
  /** All fields, as they are signed. */
  fields: boolean;
  /** Names of the account's secrets. */
  secrets: ReadonlySet<string>;
}

export const isOfTheMessage = (name: string): boolean =>
  OF_THE_MESSAGE.includes(name) || OF_THE_NUMBER.includes(name) || name.startsWith('params.');

/** Notes each placeholder that has no meaning there, under the path of the text. */
export function readTemplate(text: string, path: string, scope: Scope, errors: FieldError[]): Template {
  const template = parseTemplate(text);
  for (const name of template.names) {
    const message = placeholderProblem(name, scope);
    if (message !== undefined) errors.push({ path, message });
  }
  return template;
}

function placeholderProblem(name: string, scope: Scope): string | undefined {
  if (name.startsWith('secret.'))
    return scope.secrets.has(name.slice('secret.'.length)) ? undefined : `names {${name}}, which secrets does not hold`;
  if (name.startsWith('params.') && scope.message) return undefined;
  if (OF_THE_NUMBER.includes(name) && scope.message && !scope.number)
    return `names {${name}}, which is of one number: use it within $each, or set batchSize to 1`;
  const known = knownIn(scope);
  return known.includes(name)
    ? undefined
    : `names {${name}}; known here are ${known.map((one) => `{${one}}`).join(' ')}`;
}

function knownIn({ message, number, signature, fields, secrets }: Scope): string[] {
  return [
    ...OF_THE_ACCOUNT,
    ...[...secrets].map((name) => `secret.${name}`),
    ...(message ? OF_THE_MESSAGE : []),
    ...(message && number ? OF_THE_NUMBER : []),
    ...(signature ? ['signature'] : []),
    ...(fields ? ['fields'] : []),
  ];
}
