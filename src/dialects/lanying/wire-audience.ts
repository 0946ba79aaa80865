import { InvalidRequest } from '../../common/problem.js';
import { LanyingFault } from './lanying-fault.js';
import { unpacked, WireFields } from './wire-fields.js';

const SELECTORS = ['tag', 'alias', 'user_id', 'push_token'] as const;
export type WireSelector = (typeof SELECTORS)[number];

/** 推送目标: everyone, or those whom one selector names. */
export type WireAudience = 'all' | { by: WireSelector; values: string[] };

export const MOST_TARGETS = 500;
const LONGEST = 255;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** An int64 above zero. */
export const isUserId = (text: string): boolean => /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= LARGEST_ID;

const isSelector = (name: string): name is WireSelector => SELECTORS.some((known) => known === name);

/**
 * Only "all" is everyone: a missing or empty audience is refused, and so are two selectors at once, since a caller who means both
 * and one who means either would reach different people.
 */
export function readAudience(body: WireFields): WireAudience {
  const given = unpacked(body.raw('audience'));
  if (given === undefined) throw InvalidRequest.at('audience', 'is required');
  if (typeof given === 'string' && given.trim().toLowerCase() === 'all') return 'all';
  if (typeof given !== 'object')
    throw InvalidRequest.at('audience', 'must be "all", or an object of tag, alias, user_id or push_token');
  const audience = WireFields.from(given, 'audience');
  const [by, ...others] = audience.names;
  if (by === undefined || others.length > 0 || !isSelector(by))
    throw InvalidRequest.at('audience', 'must hold exactly one of tag, alias, user_id and push_token');
  return { by, values: readTargets(audience, by) };
}

function readTargets(audience: WireFields, by: WireSelector): string[] {
  const values = audience.list(by, LONGEST) ?? [];
  if (values.length === 0) throw InvalidRequest.at(audience.at(by), 'must not be empty');
  const wrong = by === 'user_id' ? values.find((value) => !isUserId(value)) : undefined;
  if (wrong !== undefined) throw InvalidRequest.at(audience.at(by), 'must hold user ids, whole numbers above 0');
  if (values.length > MOST_TARGETS) throw new LanyingFault(12005);
  return values;
}
