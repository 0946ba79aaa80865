import { BusinessParameters, isUnstorable } from './business-parameters.js';
import type { Parameters } from './parameters.js';

/** What a `type` stands for. */
interface SystemPushType {
  category: string;
  /** Nobody named means everybody in the organisation; said of one type, and so true of no other. */
  mayBeEveryone?: true;
  /** Of each person's devices only the one used last. */
  latestOnly?: true;
}

const TYPES: ReadonlyMap<string, SystemPushType> = new Map([
  ['1', { category: 'system' }],
  ['13', { category: 'hint' }],
  ['16', { category: 'subscription', mayBeEveryone: true }],
  ['17', { category: 'system', latestOnly: true }],
  ['19', { category: 'circle' }],
]);
const DEFAULT_TYPE = '1';
const SUBSCRIPTION = '16';

/** The types that each version knows, and whether it knows `param`. Version 1.0 knows neither. */
const VERSIONS: Readonly<Record<string, { types: readonly string[]; param: boolean }>> = {
  '1.0': { types: [], param: false },
  '1.1': { types: ['1', '13'], param: false },
  '1.2': { types: ['1', '13', '16'], param: true },
  '1.3': { types: ['1', '13', '16', '17', '19'], param: true },
};

export interface SystemPush extends SystemPushType {
  ecid: string;
  type: string;
  loginIds: string[];
  depUuids: string[];
  title: string;
  content: string;
  /** The text of `param`, where the version knows it. */
  param?: string;
  /** The object in it, where it goes to the receivers. */
  ext?: Record<string, unknown>;
}

const LONGEST_TITLE = 40;
const LONGEST_CONTENT = 500;
const LONGEST_PARAM = 500;
/** As many as a message may name one by one. */
const MOST_NAMED = 5_000;

/**
 * 系统推送接口 in any of its versions.
 * @throws MobilearkError 1032 or 1033
 */
export function readSystemPush(parameters: Parameters, version: string): SystemPush {
  const read = new BusinessParameters(parameters);
  const { types, param: knowsParam } = VERSIONS[version] ?? { types: [], param: false };
  const ecid = read.organisation();
  const type = readType(read, types);
  const meaning = TYPES.get(type) ?? { category: 'system' };
  const loginIds = read.list('loginIds', { most: MOST_NAMED });
  const depUuids = read.list('depUuids', { most: MOST_NAMED });
  const named = read.raw('loginIds') !== undefined || read.raw('depUuids') !== undefined;
  if (!named && meaning.mayBeEveryone !== true) read.require('loginIds', 'depUuids');
  const title = read.required('title', LONGEST_TITLE);
  const content =
    type === DEFAULT_TYPE
      ? read.required('content', LONGEST_CONTENT)
      : (read.optional('content', LONGEST_CONTENT) ?? title);
  const param = knowsParam ? readParam(read, type) : {};
  read.check();
  return { ecid, type, ...meaning, loginIds, depUuids, title, content, ...param };
}

function readType(read: BusinessParameters, types: readonly string[]): string {
  const type = types.length === 0 ? undefined : read.raw('type')?.trim();
  if (type === undefined) return DEFAULT_TYPE;
  if (!types.includes(type)) read.reject('type');
  return type;
}

/** Only subscriptions hand it on; for the others it is kept with the message. */
function readParam(read: BusinessParameters, type: string): Pick<SystemPush, 'param' | 'ext'> {
  const param = read.raw('param');
  if (param === undefined) return {};
  if (param.length > LONGEST_PARAM || isUnstorable(param)) {
    read.reject('param');
    return {};
  }
  if (type !== SUBSCRIPTION) return { param };
  const ext = readScalars(param);
  if (ext === undefined) read.reject('param');
  return { param, ext };
}

/** The JSON object of scalars that a text holds, if it does. */
function readScalars(text: string): Record<string, unknown> | undefined {
  try {
    // A `__proto__` key would change what the object inherits once it is copied.
    const parsed: unknown = JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    const fit = Object.entries(parsed).every(
      ([name, value]) => !isUnstorable(name) && (typeof value === 'string' ? !isUnstorable(value) : !isNested(value)),
    );
    return fit ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;
