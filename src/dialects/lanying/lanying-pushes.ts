import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Clock } from '../../common/clock.js';
import { Conflict } from '../../common/problem.js';
import { MessageAcceptor } from '../../messages/message-acceptor.js';
import type { Audience, MessageRequest } from '../../messages/message-request.js';
import { type CorrelatedMessage, MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { LanyingUsers } from '../../recipients/lanying-users.js';
import { chooseRoute } from './distribution.js';
import type { LanyingCaller } from './lanying-access.js';
import { LanyingFault } from './lanying-fault.js';
import { LanyingKeys } from './lanying-keys.js';
import { endpointOf } from './push-token.js';
import { type NotifyCommand, readNotify, toMessage } from './to-message.js';
import type { WireAudience } from './wire-audience.js';
import { toWireError } from './wire-error.js';

const DAY = 86_400_000;
/** No person has this code, and no endpoint this id: what names nobody must stay that, and never become everybody. */
const nobody = (id: string): string => `~${id}`;
const NO_ENDPOINT = '0';

/** 发推送通知. */
@Injectable()
export class LanyingPushes {
  constructor(
    private readonly acceptor: MessageAcceptor,
    private readonly channels: ChannelDirectory,
    private readonly messages: MessagesByCorrelation,
    private readonly users: LanyingUsers,
    private readonly keys: LanyingKeys,
    private readonly clock: Clock,
  ) {}

  /** Returns the task's id; that of the first call, when its request_id was seen before. */
  async notify(by: LanyingCaller, body: unknown): Promise<string> {
    const command = readNotify(body);
    const { requestId } = command;
    if (requestId === undefined) return this.accept(by, await this.request(by, command));
    const name = `lanying:${requestId}`;
    const earlier = await this.newest(by, name);
    if (earlier !== undefined && this.holds(by, earlier)) return earlier.id;
    const request = await this.request(by, command);
    // Once the first task is too old to stand for the request, the next one is told apart by it.
    const dedupKey = earlier === undefined ? name : `${name}@${earlier.id}`;
    try {
      return await this.accept(by, { ...request, correlationId: name, dedupKey });
    } catch (error) {
      if (!(error instanceof Conflict) || error.code !== 'dedup_key_reused') throw error;
      // Another call with the same request_id was faster, and said something else.
      const first = await this.newest(by, name);
      if (first === undefined) throw error;
      return first.id;
    }
  }

  private async request(by: LanyingCaller, command: NotifyCommand): Promise<MessageRequest> {
    const { organisationId } = by.caller;
    const { channel: code, liveAccount } = by.settings;
    const channel = (await this.channels.load(organisationId)).byCode(code);
    const route =
      channel?.kind === 'push' && channel.enabled ? chooseRoute(channel.route, command.distribution, liveAccount) : [];
    if (route.length === 0) throw new LanyingFault(12006);
    const audience = await this.audience(organisationId, command.audience);
    return toMessage(command, { now: this.clock.now(), channel: code, route, audience, actor: by.actor });
  }

  private async audience(organisationId: number, given: WireAudience): Promise<Audience> {
    if (given === 'all') return { all: true };
    const { by, values } = given;
    if (by === 'tag') return { tags: values };
    if (by === 'alias') return { aliases: values };
    if (by === 'user_id') {
      const codes = await this.users.codes(organisationId, values);
      return { users: values.map((id) => codes.get(id) ?? nobody(id)) };
    }
    const ids = values.flatMap((token) => endpointOf(this.keys, organisationId, token) ?? []);
    return { endpoints: ids.length === 0 ? [NO_ENDPOINT] : ids };
  }

  private async accept(by: LanyingCaller, request: MessageRequest): Promise<string> {
    try {
      const { id } = await this.acceptor.accept(by.caller, 'lanying', request);
      return id;
    } catch (error) {
      throw toWireError(error);
    }
  }

  private async newest(by: LanyingCaller, name: string): Promise<CorrelatedMessage | undefined> {
    const [newest] = await this.messages.find(by.caller, name, { limit: 1 });
    return newest;
  }

  private holds({ settings }: LanyingCaller, { createdAt }: CorrelatedMessage): boolean {
    return this.clock.now().getTime() - createdAt.getTime() < settings.dedupDays * DAY;
  }
}
