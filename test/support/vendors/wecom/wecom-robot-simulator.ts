import type { SeenRequest, SimulatorReply } from '../http-simulator.js';
import { type Body, errcode, RobotSimulator, textOf } from '../chat/robot-simulator.js';
import { mapOf } from '../read-map.js';

const KEY = '693axxx6-wecom-simulator';
const LARGEST: Readonly<Record<string, number>> = { text: 2048, markdown: 4096 };
const MORE = 'hint: [1700000000], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=';

/** Refuses an unknown key, an unknown type, an empty text and one that is too long. */
export class WecomRobotSimulator extends RobotSimulator {
  readonly vendor = 'wecom-robot';
  protected readonly path = '/cgi-bin/webhook/send';
  protected readonly posted = errcode(0);

  get settings(): Record<string, unknown> {
    return { key: KEY, baseUrl: this.url, allowPrivateNetwork: true };
  }

  /** A group has no dead addresses: each is as good as another. */
  address(number: number): string {
    return `Member${number}`;
  }

  protected throttled(): SimulatorReply {
    return refused(45009, 'api freq out of limit');
  }

  protected problem({ query }: SeenRequest, body: Body): SimulatorReply | undefined {
    if (query.get('key') !== KEY) return refused(93000, 'invalid webhook url');
    const type = textOf(body.msgtype);
    const largest = LARGEST[type];
    if (largest === undefined) return refused(40008, 'invalid message type');
    const content = textOf(mapOf(body[type]).content);
    if (content === '') return refused(44004, 'empty content');
    return Buffer.byteLength(content) > largest
      ? refused(40058, `${type}.content exceed max length ${largest}`)
      : undefined;
  }
}

const refused = (code: number, words: string): SimulatorReply => errcode(code, `${words}, ${MORE}${code}`);
