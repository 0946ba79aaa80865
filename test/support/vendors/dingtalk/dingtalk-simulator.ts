import { createHmac } from 'node:crypto';
import type { SeenRequest, SimulatorReply } from '../http-simulator.js';
import { type Body, errcode, listOf, RobotSimulator, textOf } from '../chat/robot-simulator.js';
import { mapOf } from '../read-map.js';

const TOKEN = 'd1a9simulator7token';
const SECRET = 'SECdingtalk-simulator';
const KEYWORD = 'Tidings';
const HOUR = 3_600_000;
const LARGEST_BODY = 20 * 1024;

/**
 * A robot with all three security settings, of which the last, a list of addresses, holds this machine's. Refuses an unknown token, a
 * wrong or stale signature, a missing keyword, unknown types, missing fields, and what is too large.
 */
export class DingtalkSimulator extends RobotSimulator {
  readonly vendor = 'dingtalk';
  protected readonly path = '/robot/send';
  protected readonly posted = errcode(0);

  get settings(): Record<string, unknown> {
    return { accessToken: TOKEN, secret: SECRET, keyword: KEYWORD, baseUrl: this.url, allowPrivateNetwork: true };
  }

  /** A group has no dead addresses: each is as good as another. */
  address(number: number): string {
    return `1380000${String(number).padStart(4, '0')}`;
  }

  protected throttled(): SimulatorReply {
    return errcode(130101, 'send too fast, exceed 20 times per minute');
  }

  protected problem({ query, headers, body: text }: SeenRequest, body: Body): SimulatorReply | undefined {
    if (!/charset=utf-8/i.test(headers['content-type'] ?? '')) return errcode(43004, 'wrong Content-Type');
    if (query.get('access_token') !== TOKEN) return errcode(300005, 'token is not exist');
    const timestamp = query.get('timestamp') ?? '';
    if (Math.abs(Date.now() - Number(timestamp)) > HOUR) return errcode(310000, 'invalid timestamp');
    const mac = createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`, 'utf8').digest('base64');
    if (query.get('sign') !== mac) return errcode(310000, 'sign not match');
    const words = wordsOf(body);
    if (typeof words === 'number')
      return errcode(words, words === 400105 ? 'unsupported msgtype' : 'missing parameter');
    if (!words.includes(KEYWORD)) return errcode(310000, 'keywords not in content');
    if (Buffer.byteLength(text) > LARGEST_BODY) return errcode(40035, 'message is too large');
    return unnamed(body, words) ? errcode(40035, 'somebody is mentioned who is not named') : undefined;
  }
}

/** What is shown, or the code that refuses it. */
function wordsOf({ msgtype, text, markdown }: Body): string | number {
  if (msgtype === 'text') return textOf(mapOf(text).content) || 40035;
  if (msgtype !== 'markdown') return 400105;
  const { title, text: words } = mapOf(markdown);
  return (textOf(title) && textOf(words)) || 40035;
}

/** The real one does not refuse it, but mentions nobody. */
function unnamed({ msgtype, at }: Body, words: string): boolean {
  const { atMobiles, atUserIds } = mapOf(at);
  return (
    msgtype === 'markdown' && [...listOf(atMobiles), ...listOf(atUserIds)].some((name) => !words.includes(`@${name}`))
  );
}
