import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { GroupRobot, largerThan, type RobotProtocol } from '../chat/group-robot.js';
import { byMobileOrId } from '../chat/mentions.js';
import { byErrcode, judgeBy, type ReadAnswer } from '../chat/read-answer.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES, explained, REST_SECONDS } from './codes.js';
import { DINGTALK } from './definition.js';
import { robotMessage } from './message.js';
import { sign } from './sign.js';

interface DingtalkSettings {
  accessToken: string;
  secret?: string;
  keyword?: string;
  baseUrl: string;
}

const settingsOf = ({ settings }: VendorAccountConfig): DingtalkSettings => settings as unknown as DingtalkSettings;

const readErrcode = byErrcode(CODES, REST_SECONDS);

const read: ReadAnswer = (answer) => {
  const said = readErrcode(answer);
  return said && { ...said, detail: explained(said.code, said.detail) };
};

const PROTOCOL: RobotProtocol = {
  name: 'DingTalk',
  personOf: byMobileOrId,
  message: (words, mentions, account) => robotMessage(words, mentions, settingsOf(account).keyword),
  tooLarge: largerThan(20_000),
  request: (message, account, now) => {
    const { accessToken, secret, baseUrl } = settingsOf(account);
    const query = new URLSearchParams({ access_token: accessToken });
    if (secret !== undefined) {
      const timestamp = String(now.getTime());
      query.set('timestamp', timestamp);
      query.set('sign', sign(secret, timestamp));
    }
    return { url: `${baseUrl}/robot/send?${query.toString()}`, body: message };
  },
  judge: judgeBy(read),
  probe: {
    message: (account) => ({ msgtype: 'none', text: { content: settingsOf(account).keyword ?? 'none' } }),
    flaw: 'of no known type',
    codes: new Set(['40035', '400105']),
  },
};

/** Posts to a DingTalk group as its robot. */
@Injectable()
export class DingtalkVendor extends GroupRobot {
  readonly definition = DINGTALK;

  constructor(clock: Clock) {
    super(clock, PROTOCOL);
  }
}
