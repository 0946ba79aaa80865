import { InvalidRequest } from '../../common/problem.js';
import { scalarText, type WireFields } from './wire-fields.js';

/** Whom a request names. */
export interface WirePeople {
  /** Bare: of the path form the last part. Each once, in the order given. */
  clientIds: string[];
  usernames: string[];
  /** Each as `/a/b/`. */
  scopes: string[];
  /** Some list holds something, be it blank: then it is never for everyone. */
  named: boolean;
  /** Asked for, and no list holds anything. */
  everyone: boolean;
}

/** @throws InvalidRequest naming the first entry that is no text */
export function readPeople(body: WireFields, forAll: boolean): WirePeople {
  const lists = ['client_ids', 'usernames', 'scopes'] as const;
  const [clientIds, usernames, scopes] = lists.map((name) => entries(body, name));
  const named = lists.some((name) => (body.list(name) ?? []).length > 0);
  return {
    clientIds: distinct(clientIds, lastPart),
    usernames: distinct(usernames, (text) => text.trim()),
    scopes: distinct(scopes, asScope),
    named,
    everyone: forAll && !named,
  };
}

function entries(body: WireFields, name: string): string[] {
  return (body.list(name) ?? []).map((entry, index) => {
    const path = `${body.at(name)}[${index}]`;
    if (entry === null) return '';
    if (typeof entry === 'boolean') throw InvalidRequest.at(path, 'must be a string');
    return scalarText(entry, path);
  });
}

function distinct(texts: string[] | undefined, read: (text: string) => string): string[] {
  return [...new Set((texts ?? []).map(read))].filter((text) => text !== '');
}

const partsOf = (path: string): string[] =>
  path
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `/232/301/c24b…` is `c24b…`. */
const lastPart = (text: string): string => partsOf(text).at(-1) ?? '';

/** `122/234` is `/122/234/`. What names no department stays `/`, which is nobody. */
const asScope = (text: string): string => {
  const parts = partsOf(text);
  return parts.length === 0 ? text.trim() && '/' : `/${parts.join('/')}/`;
};
