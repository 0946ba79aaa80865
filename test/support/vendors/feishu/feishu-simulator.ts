import { createHmac } from 'node:crypto';
import { json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { type Body, RobotSimulator, textOf } from '../chat/robot-simulator.js';
import { mapOf } from '../read-map.js';

const HOOK = '1c2d3e4f-feishu-simulator';
const SECRET = 'feishu-simulator-secret';
const KEYWORD = 'Tidings';
const HOUR_SECONDS = 3_600;
const LARGEST_BODY = 20 * 1024;
const PATH = '/open-apis/bot/v2/hook/';

/** A robot with keyword and signature. Refuses an unknown hook, a wrong or stale signature, a missing keyword, and malformed or large posts. */
export class FeishuSimulator extends RobotSimulator {
  readonly vendor = 'feishu';
  protected readonly path = PATH;
  protected readonly posted = json({ StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' });

  get settings(): Record<string, unknown> {
    return { accessToken: HOOK, secret: SECRET, keyword: KEYWORD, baseUrl: this.url, allowPrivateNetwork: true };
  }

  /** A group has no dead addresses: each is as good as another. */
  address(number: number): string {
    return `ou_${String(number).padStart(32, '0')}`;
  }

  protected override isSend({ path }: SeenRequest): boolean {
    return path.startsWith(PATH);
  }

  protected throttled(): SimulatorReply {
    return refused(11232, 'frequency limited');
  }

  protected problem({ path, body: text }: SeenRequest, body: Body): SimulatorReply | undefined {
    if (path !== `${PATH}${HOOK}`) return refused(19001, 'param invalid: incoming webhook access token invalid');
    const timestamp = textOf(body.timestamp);
    const mac = createHmac('sha256', `${timestamp}\n${SECRET}`).update(Buffer.alloc(0)).digest('base64');
    if (body.sign !== mac || Math.abs(Date.now() / 1000 - Number(timestamp)) > HOUR_SECONDS)
      return refused(19021, 'sign match fail or timestamp is not within one hour from current time');
    if (typeof body.msg_type !== 'string') return refused(19002, 'params error, msg_type need');
    const words = wordsOf(body);
    if (words === undefined || Buffer.byteLength(text) > LARGEST_BODY) return refused(9499, 'Bad Request');
    return words.includes(KEYWORD) ? undefined : refused(19024, 'Key Words Not Found');
  }
}

const refused = (code: number, msg: string): SimulatorReply => json({ code, data: {}, msg });

const FIELDS: Readonly<Record<string, readonly string[]>> = { text: ['text'], a: ['text', 'href'], at: ['user_id'] };

/** What a post shows; undefined when its form is wrong. */
function wordsOf({ msg_type: type, content }: Body): string | undefined {
  const { content: lines } = mapOf(mapOf(mapOf(content).post).zh_cn);
  if (type !== 'post' || !Array.isArray(lines)) return undefined;
  const elements = lines.flatMap((line: unknown) => (Array.isArray(line) ? line.map(mapOf) : [{}]));
  const fits = elements.every((one) => FIELDS[textOf(one.tag)]?.every((field) => textOf(one[field]) !== ''));
  return fits && elements.length > 0 ? elements.map(({ text }) => textOf(text)).join('\n') : undefined;
}
