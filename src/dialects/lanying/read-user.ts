import { InvalidRequest } from '../../common/problem.js';
import type { WireFields } from './wire-fields.js';

/** A person's code stands in paths, see the native API. */
const USERNAME = /^[^\s~/:?#\p{C}][^\s/?#\p{C}]{0,63}$/u;
const UNPRINTABLE = /\p{C}/u;
const LONGEST_USERNAME = 64;
const LONGEST_PASSWORD = 128;
const LONGEST_ALIAS = 128;
const LONGEST_TAG = 64;
const LONGEST_DEVICE = 128;
const LONGEST_TOKEN = 2_000;
/** Stands before the ids that are made here for devices that a caller only counts. */
const COUNTED = 'lanying:';
const INT32 = 2_147_483_647;

/** The tags one call may hold. */
const MOST_TAGS = 100;

export function readUsername(fields: WireFields): string {
  const name = fields.requiredText('username', LONGEST_USERNAME).trim();
  if (USERNAME.test(name)) return name;
  throw InvalidRequest.at('username', 'must not hold blanks, "/", "?" or "#", nor start with "~" or ":"');
}

export function readPassword(fields: WireFields): string {
  return fields.requiredText('password', LONGEST_PASSWORD);
}

export function readAlias(fields: WireFields): string | undefined {
  return printable(fields, 'alias', LONGEST_ALIAS);
}

/** A device's own id, as the application made it. */
export function readDeviceGuid(fields: WireFields): string | undefined {
  const guid = printable(fields, 'device_guid', LONGEST_DEVICE);
  if (guid?.startsWith(COUNTED) !== true) return guid;
  throw InvalidRequest.at('device_guid', `must not start with ${COUNTED}`);
}

/**
 * The device a call is about. Devices are counted per person (设备序号), so the number alone names none; who signed in on a device
 * means that one.
 */
export function deviceOf(fields: WireFields, name: string, userId: string, signedInOn: string | undefined): string {
  const number = fields.requiredInteger(name, 0, INT32);
  return signedInOn ?? `${COUNTED}${userId}:${number}`;
}

export function readDeviceToken(fields: WireFields): string {
  const token = printable(fields, 'device_token', LONGEST_TOKEN);
  if (token === undefined) throw InvalidRequest.at('device_token', 'is required');
  if (Buffer.byteLength(token) > LONGEST_TOKEN)
    throw InvalidRequest.at('device_token', `must not be longer than ${LONGEST_TOKEN} bytes`);
  return token;
}

export function readTags(fields: WireFields): string[] {
  const tags = fields.list('tags', LONGEST_TAG) ?? [];
  if (tags.length === 0) throw InvalidRequest.at('tags', 'must name at least one tag');
  if (tags.length > MOST_TAGS) throw InvalidRequest.at('tags', `must name at most ${MOST_TAGS} tags`);
  const wrong = tags.findIndex((tag) => UNPRINTABLE.test(tag));
  if (wrong >= 0) throw InvalidRequest.at(`tags[${wrong}]`, 'must not hold control characters');
  return tags;
}

function printable(fields: WireFields, name: string, longest: number): string | undefined {
  const text = fields.text(name, longest)?.trim();
  if (text !== undefined && UNPRINTABLE.test(text))
    throw InvalidRequest.at(fields.at(name), 'must not hold control characters');
  return text;
}
