import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { GroupRobot, largerThan, type RobotProtocol } from '../chat/group-robot.js';
import type { VendorAccountConfig } from '../vendor.js';
import { byPrincipal, cardMessage } from './card.js';
import { TEAMS } from './definition.js';
import { judgeAnswer } from './read-answer.js';

interface TeamsSettings {
  webhookUrl: string;
  linkText: string;
}

const settingsOf = ({ settings }: VendorAccountConfig): TeamsSettings => settings as unknown as TeamsSettings;

/** There is no probe: any call might start the flow. */
const PROTOCOL: RobotProtocol = {
  name: 'Teams',
  personOf: byPrincipal,
  message: (words, mentions, account) => cardMessage(words, mentions, settingsOf(account).linkText),
  tooLarge: largerThan(28 * 1024),
  request: (message, account) => ({ url: settingsOf(account).webhookUrl, body: message }),
  judge: judgeAnswer,
};

/** Posts to a Teams channel, one card for all targets of the same words. */
@Injectable()
export class TeamsVendor extends GroupRobot {
  readonly definition = TEAMS;

  constructor(clock: Clock) {
    super(clock, PROTOCOL);
  }
}
