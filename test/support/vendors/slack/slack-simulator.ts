import { type Body, RobotSimulator } from '../chat/robot-simulator.js';
import type { SeenRequest, SimulatorReply } from '../http-simulator.js';

const TEAM = 'T0SIMULATE';
const WEBHOOK = 'B0SIMULATE';
const TOKEN = 'simulatedSimulatedSimula';
const PATH = /^\/services\/(\w+)\/(\w+)\/(\w+)$/;
const LONGEST_BLOCKS = 13_200;
/** A link, a person or the channel: the only brackets that Slack's markup knows here. */
const BRACKETS = /<(?:https?:\/\/[^<>|\s]+(?:\|[^<>]+)?|@[UW][A-Z0-9]+|!channel)>/g;

/** A post as it came, with those whom it mentions. */
interface SlackPost {
  text: string;
  blocks: { type: string; text: { type: string; text: string; verbatim?: boolean } }[];
  mentioned: string[];
}

/** A Slack webhook. Refuses a wrong address, and blocks or markup that Slack would refuse. */
export class SlackSimulator extends RobotSimulator {
  readonly vendor = 'slack';
  readonly posts: SlackPost[] = [];
  protected readonly path = `/services/${TEAM}/${WEBHOOK}/${TOKEN}`;
  protected readonly posted = word(200, 'ok');

  get settings(): Record<string, unknown> {
    return { webhookUrl: `${this.url}${this.path}`, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return `${gone ? 'gone' : 'U0'}${number.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  protected override isSend({ path }: SeenRequest): boolean {
    return PATH.test(path);
  }

  protected throttled(): SimulatorReply {
    return { ...word(429, 'rate_limited'), headers: { 'retry-after': '1' } };
  }

  protected problem({ path }: SeenRequest, body: Body): SimulatorReply | undefined {
    const [, team, webhook, token] = PATH.exec(path) ?? [];
    if (team !== TEAM) return word(404, 'no_team');
    if (webhook !== WEBHOOK) return word(404, 'no_service');
    if (token !== TOKEN) return word(403, 'invalid_token');
    if (Object.keys(body).length === 0) return word(400, 'invalid_payload');
    const { text, blocks } = postOf(body);
    if (text === '' && blocks.length === 0) return word(400, 'no_text');
    if (blocks.length > 50 || !blocks.every(isBlock)) return word(400, 'invalid_blocks');
    if (wordsOf(blocks).join('').length > LONGEST_BLOCKS) return word(400, 'msg_blocks_too_long');
    return text.length > 40_000 || /[<>]/.test(text) ? word(400, 'invalid_payload') : undefined;
  }

  protected override take(body: Body): void {
    const { text, blocks } = postOf(body);
    this.posts.push({ text, blocks, mentioned: wordsOf(blocks).flatMap((one) => one.match(/<[@!][^>]+>/g) ?? []) });
  }
}

const postOf = ({ text = '', blocks = [] }: Body): Omit<SlackPost, 'mentioned'> => ({ text, blocks }) as SlackPost;

const wordsOf = (blocks: SlackPost['blocks']): string[] => blocks.map(({ text }) => text.text);

function word(status: number, body: string): SimulatorReply {
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function isBlock({ type, text }: SlackPost['blocks'][number]): boolean {
  const { length } = text.text;
  if (type === 'header') return text.type === 'plain_text' && length > 0 && length <= 150;
  const plain = text.text.replaceAll(BRACKETS, '').replaceAll(/&(?:amp|lt|gt);/g, '');
  return type === 'section' && text.type === 'mrkdwn' && length > 0 && length <= 3000 && !/[<>&]/.test(plain);
}
