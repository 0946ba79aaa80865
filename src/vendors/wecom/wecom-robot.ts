import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { GroupRobot, type RobotProtocol } from '../chat/group-robot.js';
import { byMobileOrId } from '../chat/mentions.js';
import { byErrcode, judgeBy } from '../chat/read-answer.js';
import { REST_SECONDS, ROBOT_CODES } from './codes.js';
import { WECOM_ROBOT } from './definition.js';
import { messageTooLarge, robotMessage } from './robot-message.js';

const PROTOCOL: RobotProtocol = {
  name: 'WeCom',
  personOf: byMobileOrId,
  message: robotMessage,
  tooLarge: messageTooLarge,
  request: (message, { settings }) => {
    const { baseUrl, key } = settings as { baseUrl: string; key: string };
    return { url: `${baseUrl}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`, body: message };
  },
  judge: judgeBy(byErrcode(ROBOT_CODES, REST_SECONDS)),
  probe: {
    message: () => ({ msgtype: 'text', text: { content: '' } }),
    flaw: 'without words',
    codes: new Set(['40058', '40063', '44004']),
  },
};

/** Posts to a WeCom group as its robot. */
@Injectable()
export class WecomRobotVendor extends GroupRobot {
  readonly definition = WECOM_ROBOT;

  constructor(clock: Clock) {
    super(clock, PROTOCOL);
  }
}
