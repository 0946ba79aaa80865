import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { InvalidRequest } from '../../common/problem.js';
import { MessageAcceptor } from '../../messages/message-acceptor.js';
import type { MessageRequest } from '../../messages/message-request.js';
import type { GatewayCall } from './gateway-call.js';
import { FoldedDirectory } from '../../recipients/folded-directory.js';
import { businessError, invalidParameters } from './wire-error.js';

/** The words and people of a push; the rest of the message follows from the call. */
export type PushedMessage = Pick<MessageRequest, 'audience' | 'category' | 'sender'> & {
  channel: string;
  content: NonNullable<MessageRequest['contents']>[string];
  /** Kept with the message beside method and version. */
  details?: Record<string, unknown>;
};

/** Where a field of the message stands in the methods' parameters; the first pattern that fits holds. */
const PARAMETERS: readonly [RegExp, string][] = [
  [/^content\..+\.title$/, 'title'],
  [/^content\..+\.ext/, 'param'],
  [/^content/, 'content'],
  [/^audience\.addresses/, 'phoneNumbers'],
  [/^audience\.departments/, 'depUuids'],
];

/** Sends what the three methods have to send. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly directory: FoldedDirectory,
    private readonly channels: ChannelDirectory,
    private readonly acceptor: MessageAcceptor,
  ) {}

  /** @throws MobilearkError 1009 for another organisation than the application's */
  async checkOrganisation({ caller, method }: GatewayCall, ecid: string): Promise<void> {
    const same = await this.directory.isOrganisation(caller.organisationId, ecid);
    if (!same) throw businessError(method, 'unknownOrganisation');
  }

  /** @throws MobilearkError 1009 unless there is such a channel, in use */
  async checkChannel({ caller, method }: GatewayCall, code: string, kind: 'inbox' | 'sms'): Promise<void> {
    const channel = (await this.channels.load(caller.organisationId)).byCode(code);
    if (channel?.kind !== kind || !channel.enabled) throw businessError(method, kind === 'sms' ? 'noSms' : 'noChannel');
  }

  /** Returns the message's id. */
  async send(
    call: GatewayCall,
    { audience, category, sender, channel, content, details }: PushedMessage,
  ): Promise<string> {
    const { caller, method, version } = call;
    const mobileark = { method, v: version, ...details };
    const contents = { [channel]: content };
    try {
      const request = { audience, category, sender, contents, options: { mobileark } };
      return (await this.acceptor.accept(caller, 'mobileark', request)).id;
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      throw invalidParameters([...new Set(error.errors.map(({ path }) => parameterAt(path)))]);
    }
  }
}

function parameterAt(path: string): string {
  return PARAMETERS.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}
