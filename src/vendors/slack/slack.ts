import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { GroupRobot, type RobotProtocol } from '../chat/group-robot.js';
import type { ReadPerson } from '../chat/mentions.js';
import type { VendorAccountConfig } from '../vendor.js';
import { ALIVE } from './codes.js';
import { SLACK } from './definition.js';
import { postBody } from './post-body.js';
import { judgeAnswer } from './read-answer.js';

interface SlackSettings {
  webhookUrl: string;
  linkText: string;
}

const settingsOf = ({ settings }: VendorAccountConfig): SlackSettings => settings as unknown as SlackSettings;

const MEMBER_ID = /^[UW][A-Z0-9]{5,20}$/;
const byMemberId: ReadPerson = (address) => (MEMBER_ID.test(address) ? { id: address } : undefined);

const PROTOCOL: RobotProtocol = {
  name: 'Slack',
  personOf: byMemberId,
  message: (words, mentions, account) => postBody(words, mentions, settingsOf(account).linkText),
  request: (message, account) => ({ url: settingsOf(account).webhookUrl, body: message }),
  judge: judgeAnswer,
  probe: { message: () => ({ text: '' }), flaw: 'without words', codes: ALIVE },
};

/** Posts to a Slack channel, one for all targets of the same words. */
@Injectable()
export class SlackVendor extends GroupRobot {
  readonly definition = SLACK;

  constructor(clock: Clock) {
    super(clock, PROTOCOL);
  }
}
