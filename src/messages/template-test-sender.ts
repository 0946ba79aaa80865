import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { TestSender, type TestSend } from '../templates/test-sender.js';
import { MessageAcceptor } from './message-acceptor.js';

/** Test sends are ordinary, urgent messages to one person, so that they show exactly what a real one would. */
@Injectable()
export class TemplateTestSender extends TestSender {
  constructor(private readonly acceptor: MessageAcceptor) {
    super();
  }

  async send(caller: Caller, test: TestSend): Promise<{ messageId: string }> {
    const { templateCode, version, params, channel, recipient, address } = test;
    const { id } = await this.acceptor.accept(caller, 'test-send', {
      audience: {
        ...(recipient === undefined ? {} : { users: [recipient] }),
        ...(address === undefined ? {} : { addresses: { [channel]: [address] } }),
      },
      template: { code: templateCode, version, params, channels: [channel] },
      priority: 'high',
      category: 'test',
    });
    return { messageId: id };
  }
}
