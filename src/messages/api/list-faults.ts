import type { FieldError } from '../../common/problem.js';

const LONGEST_CODE = 64;
const LONGEST_ALIAS = 128;
const LONGEST_PLATFORM = 32;
/** More platforms than there are. */
const MOST_PLATFORMS = 50;
/** As many codes of departments as a tree has levels. */
const SCOPE = /^\/?[^/]{1,64}(?:\/[^/]{1,64}){0,63}\/?$/;
/** Bytes; an address stands in an index. */
const LONGEST_ADDRESS = 2000;
const ID = /^[1-9]\d{0,17}$/;
/** More channels than any organisation has. */
const MOST_CHANNELS = 100;

/** Names each item that does not hold as `path[index]`. */
function itemFaults(
  list: readonly unknown[],
  path: string,
  holds: (item: unknown) => boolean,
  message: string,
): FieldError[] {
  return list.flatMap((item, index) => (holds(item) ? [] : [{ path: `${path}[${index}]`, message }]));
}

const isAddress = (item: unknown): boolean =>
  typeof item === 'string' && item.trim() !== '' && Buffer.byteLength(item) <= LONGEST_ADDRESS;

const isId = (item: unknown): boolean => typeof item === 'string' && ID.test(item);

const isText = (item: unknown, longest: number): boolean =>
  typeof item === 'string' && item.length > 0 && item.length <= longest;

const isCode = (item: unknown): boolean => isText(item, LONGEST_CODE);

export function codeFaults(list: readonly unknown[], path: string): FieldError[] {
  return itemFaults(list, path, isCode, `must be a code: a string of 1 to ${LONGEST_CODE} characters`);
}

export function aliasFaults(list: readonly unknown[] = [], path: string): FieldError[] {
  const holds = (item: unknown): boolean => isText(item, LONGEST_ALIAS);
  return itemFaults(list, path, holds, `must be an alias: a string of 1 to ${LONGEST_ALIAS} characters`);
}

export function scopeFaults(list: readonly unknown[] = [], path: string): FieldError[] {
  const holds = (item: unknown): boolean => typeof item === 'string' && SCOPE.test(item);
  return itemFaults(list, path, holds, 'must be a path of department codes such as /232/301/');
}

export function platformFaults(list: readonly unknown[] | undefined, path: string): FieldError[] {
  if (list === undefined) return [];
  if (list.length === 0) return [{ path, message: 'must name at least one platform, or be left out' }];
  if (list.length > MOST_PLATFORMS) return [{ path, message: `must name at most ${MOST_PLATFORMS} platforms` }];
  const holds = (item: unknown): boolean => isText(item, LONGEST_PLATFORM);
  return itemFaults(list, path, holds, `must be a platform: a string of 1 to ${LONGEST_PLATFORM} characters`);
}

export function endpointFaults(list: readonly unknown[] = [], path: string): FieldError[] {
  return itemFaults(list, path, isId, 'must be the id of an endpoint, as a string');
}

export function channelListFaults(list: readonly unknown[] | undefined, path: string): FieldError[] {
  if (list === undefined) return [];
  if (list.length === 0) return [{ path, message: 'must name at least one channel, or be left out' }];
  if (list.length > MOST_CHANNELS) return [{ path, message: `must name at most ${MOST_CHANNELS} channels` }];
  return codeFaults(list, path);
}

/** Lists of vendor accounts by channel. */
export function routeFaults(routes: Readonly<Record<string, unknown>> = {}, path: string): FieldError[] {
  return Object.entries(routes).flatMap(([code, list]) => {
    const at = `${path}.${code}`;
    if (!Array.isArray(list) || list.length === 0)
      return [{ path: at, message: 'must name at least one vendor account' }];
    if (list.length > MOST_CHANNELS)
      return [{ path: at, message: `must name at most ${MOST_CHANNELS} vendor accounts` }];
    return codeFaults(list, at);
  });
}

export function addressFaults(addresses: Readonly<Record<string, unknown>> = {}, path: string): FieldError[] {
  const message = `must be an address: a string of 1 to ${LONGEST_ADDRESS} bytes`;
  return Object.entries(addresses).flatMap(([code, list]) =>
    Array.isArray(list)
      ? itemFaults(list, `${path}.${code}`, isAddress, message)
      : [{ path: `${path}.${code}`, message: 'must be a list' }],
  );
}
