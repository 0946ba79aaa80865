import { InvalidRequest } from '../../common/problem.js';
import type { WireFields } from './wire-fields.js';

const KNOWN = ['ANDROID', 'IOS', 'PC'] as const;
export type Platform = (typeof KNOWN)[number];

const DEFAULT: readonly Platform[] = ['ANDROID', 'IOS'];

/** Which apps shall show it. Unknown names are passed over, unless no other is left. */
export function readPlatforms(body: WireFields): readonly Platform[] {
  const given = body.list('platforms') ?? [];
  if (given.length === 0) return DEFAULT;
  const names = given.map((name) => (typeof name === 'string' ? name.trim().toUpperCase() : ''));
  const known = KNOWN.filter((name) => names.includes(name));
  if (known.length === 0) throw InvalidRequest.at(body.at('platforms'), `must hold one of ${KNOWN.join(', ')}`);
  return known;
}
