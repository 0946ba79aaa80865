import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { GroupRobot, largerThan, type RobotProtocol } from '../chat/group-robot.js';
import { byId } from '../chat/mentions.js';
import { judgeBy, type ReadAnswer } from '../chat/read-answer.js';
import { excerpt } from '../transport/read-text.js';
import { word } from '../transport/untrusted.js';
import type { VendorAccountConfig } from '../vendor.js';
import { meaningWithWords } from './codes.js';
import { FEISHU } from './definition.js';
import { robotMessage } from './message.js';
import { sign } from './sign.js';

interface FeishuSettings {
  accessToken: string;
  secret?: string;
  keyword?: string;
  baseUrl: string;
}

const settingsOf = ({ settings }: VendorAccountConfig): FeishuSettings => settings as unknown as FeishuSettings;

/** Newer answers have `code` and `msg`, older ones `StatusCode` and `StatusMessage`. */
const read: ReadAnswer = ({ code, msg, StatusCode, StatusMessage }) => {
  const told = word(code ?? StatusCode);
  if (told === undefined) return undefined;
  const detail = excerpt(word(msg ?? StatusMessage) ?? '');
  return { meaning: meaningWithWords(told, detail), code: told, detail };
};

const PROTOCOL: RobotProtocol = {
  name: 'Feishu',
  personOf: byId,
  message: (words, mentions, account) => robotMessage(words, mentions, settingsOf(account).keyword),
  tooLarge: largerThan(20_000),
  request: (message, account, now) => {
    const { accessToken, secret, baseUrl } = settingsOf(account);
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signed = secret === undefined ? {} : { timestamp, sign: sign(secret, timestamp) };
    return { url: `${baseUrl}/open-apis/bot/v2/hook/${accessToken}`, body: { ...signed, ...message } };
  },
  judge: judgeBy(read),
  probe: {
    message: (account) => ({ msg_type: 'none', content: { text: settingsOf(account).keyword ?? 'none' } }),
    flaw: 'of no known type',
    codes: new Set(['9499', '19002']),
  },
};

/** Posts to a Feishu or Lark group as its custom bot. */
@Injectable()
export class FeishuVendor extends GroupRobot {
  readonly definition = FEISHU;

  constructor(clock: Clock) {
    super(clock, PROTOCOL);
  }
}
