type Fields = Readonly<Record<string, unknown>>;

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const NOTICE = ['noticeBarInfo', 'noticeExpandInfo', 'clickTypeInfo', 'pushTimeInfo', 'advanceInfo', 'extra'];
const SILENT = ['title', 'content', 'pushTimeInfo'];

const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value !== '' && Array.from(value).length <= longest;
const part = (message: Fields, name: string): Fields => (message[name] ?? {}) as Fields;

/** What is wrong with a message that is shown: the name of its field. */
export function noticeProblem(message: Fields): string | undefined {
  const unknown = Object.keys(message).find((name) => !NOTICE.includes(name));
  if (unknown !== undefined) return unknown;
  const { title, content, noticeMsgType = 0 } = part(message, 'noticeBarInfo');
  if (!isText(title, 32) || !isText(content, 100) || (noticeMsgType !== 0 && noticeMsgType !== 1))
    return 'noticeBarInfo';
  const { noticeExpandType = 0, noticeExpandContent } = part(message, 'noticeExpandInfo');
  if (noticeExpandType === 1 && !isText(noticeExpandContent, Infinity)) return 'noticeExpandInfo';
  const { clickType = 0, url, activity } = part(message, 'clickTypeInfo');
  if ((clickType === 2 && !isText(url, 2000)) || (clickType === 1 && !isText(activity, 500))) return 'clickTypeInfo';
  return timeProblem(message) ?? advanceProblem(message) ?? extraProblem(message);
}

/** What is wrong with a message for the app: the name of its field. */
export function silentProblem(message: Fields): string | undefined {
  const unknown = Object.keys(message).find((name) => !SILENT.includes(name));
  if (unknown !== undefined) return unknown;
  const { content } = message;
  if (typeof content !== 'string' || content === '' || Buffer.byteLength(content) > 3800) return 'content';
  return timeProblem(message);
}

function timeProblem(message: Fields): string | undefined {
  const { offLine = 1, validTime = 24 } = part(message, 'pushTimeInfo');
  const hours = Number.isInteger(validTime) ? Number(validTime) : 0;
  return offLine === 1 && (hours < 1 || hours > 72) ? 'pushTimeInfo' : undefined;
}

function advanceProblem(message: Fields): string | undefined {
  const { notifyKey = '', fixDisplay = 0, fixStartDisplayTime, fixEndDisplayTime } = part(message, 'advanceInfo');
  if (typeof notifyKey !== 'string' || !/^[\w-]{0,8}$/.test(notifyKey)) return 'notifyKey';
  const times = [fixStartDisplayTime, fixEndDisplayTime].filter((time) => time !== undefined);
  return fixDisplay === 1 && !times.every((time) => typeof time === 'string' && TIME.test(time))
    ? 'fixDisplay'
    : undefined;
}

function extraProblem(message: Fields): string | undefined {
  const { callback = 'http://x', 'callback.param': param = '', 'callback.type': type = 3 } = part(message, 'extra');
  if (typeof callback !== 'string' || Buffer.byteLength(callback) > 128 || !URL.canParse(callback)) return 'callback';
  if (typeof param !== 'string' || Buffer.byteLength(param) > 64) return 'callback.param';
  return type === 1 || type === 2 || type === 3 ? undefined : 'callback.type';
}
