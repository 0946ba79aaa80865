type Fields = Readonly<Record<string, unknown>>;
type Problem = [code: number, what: string];

const OPERATIONS = ['NEWS', 'CONTENT', 'MARKETING', 'SOCIAL'];
const SYSTEM = ['IM', 'ACCOUNT', 'TODO', 'DEVICE_REMINDER', 'ORDER', 'SUBSCRIPTION'];
const KNOWN = new Set(
  (
    'appId notifyType title content timeToLive skipType skipContent networkType classification category clientCustomMap extra ' +
    'requestId pushMode notifyId foregroundShow addBadge'
  ).split(' '),
);

/** A Han character is as wide as two Latin ones. */
const width = (text: unknown): number => String(text).replaceAll(/[^\u0020-\u00ff]/gu, '__').length;
const outside = (value: unknown, least: number, most: number): boolean =>
  value !== undefined && !(Number.isInteger(value) && Number(value) >= least && Number(value) <= most);

/** What vivo would say to the fields of a message that lives at least so long. */
export function messageProblem(message: Fields, leastTtl: number): Problem | undefined {
  const unknown = Object.keys(message).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return [10059, unknown];
  const { title, content, notifyType, timeToLive, notifyId, pushMode, classification } = message;
  if (!title || width(title) > 40) return [10054, 'title'];
  if (!content || width(content) > 100) return [10055, 'content'];
  if (outside(notifyType ?? 0, 1, 4)) return [10058, 'notifyType'];
  if (outside(timeToLive, leastTtl, 604_800)) return [10060, 'timeToLive'];
  if (outside(notifyId, 1, 2_147_483_647)) return [10061, 'notifyId'];
  if (outside(pushMode, 0, 1)) return [10062, 'pushMode'];
  if (outside(classification, 0, 1)) return [11000, 'classification'];
  return categoryProblem(message) ?? skipProblem(message) ?? dataProblem(message) ?? extraProblem(message);
}

function categoryProblem({ classification, category }: Fields): Problem | undefined {
  if (category === undefined) return undefined;
  const [own, other] = classification === 1 ? [SYSTEM, OPERATIONS] : [OPERATIONS, SYSTEM];
  if (own.some((name) => name === category)) return undefined;
  return [other.some((name) => name === category) ? 10097 : 10096, 'category'];
}

function skipProblem({ skipType, skipContent }: Fields): Problem | undefined {
  if (outside(skipType ?? 0, 1, 4)) return [10063, 'skipType'];
  if (skipType === 1) return undefined;
  const longest = skipType === 2 ? 1000 : 1024;
  return typeof skipContent === 'string' && skipContent.length <= longest ? undefined : [10064, 'skipContent'];
}

function dataProblem({ clientCustomMap = {} }: Fields): Problem | undefined {
  const entries = Object.entries(clientCustomMap as Fields);
  if (entries.length > 10 || entries.some(([, value]) => typeof value !== 'string')) return [10065, 'clientCustomMap'];
  return entries.flat().join('').length > 1024 ? [10066, 'clientCustomMap'] : undefined;
}

function extraProblem({ extra = {} }: Fields): Problem | undefined {
  const {
    callback = '',
    'callback.param': param = '',
    'callback.id': _id,
    ...others
  } = extra as Record<string, string>;
  if (Object.keys(others).length > 0) return [10067, 'extra'];
  return callback.length > 128 || param.length > 64 ? [10068, 'callback'] : undefined;
}
