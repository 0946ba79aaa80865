import { Injectable } from '@nestjs/common';
import type { GatewayCall, GatewayResult } from './gateway-call.js';
import { MessageSender } from './message-sender.js';
import { readSmsPush } from './read-sms-push.js';

/** `mobileark.smspush`: a text message to phone numbers, whoever they belong to. */
@Injectable()
export class SmsPushMethod {
  constructor(private readonly sender: MessageSender) {}

  /** @throws MobilearkError 1032, 1033, 1009 */
  async call(call: GatewayCall): Promise<GatewayResult> {
    const { parameters, settings } = call;
    const { phoneNumbers, content } = readSmsPush(parameters, settings);
    const channel = settings.channels.sms;
    await this.sender.checkChannel(call, channel, 'sms');
    const messageId = await this.sender.send(call, {
      channel,
      audience: { addresses: { [channel]: phoneNumbers } },
      category: 'sms',
      content: { text: content, ...(settings.smsSign === undefined ? {} : { sign: settings.smsSign }) },
    });
    return { reply: { resultCode: '0' }, messageId };
  }
}
