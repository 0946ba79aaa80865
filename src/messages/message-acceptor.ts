import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { OptionRules } from '../channels/option-rules.js';
import { Clock } from '../common/clock.js';
import { Conflict, InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { TemplateDirectory } from '../templates/template-directory.js';
import { contentChannels, narrowRoutes, templateChannels } from './choose-channels.js';
import type { AcceptedMessage, MessageRequest, Unresolved } from './message-request.js';
import { MessageWriter } from './message-writer.js';
import type { PreparedMessage } from './prepared-message.js';
import { ReadyWork } from './ready-work.js';
import { RecipientLookup } from './recipient-lookup.js';
import { requestHash } from './request-hash.js';
import { checkAudience, resolveAudience } from './resolve-audience.js';
import { FIND_BY_DEDUP_KEY } from './sql/insert-message.js';
import { completeUnresolved } from './unresolved.js';
import { WorkSignal } from './work-signal.js';

interface StoredMessage {
  id: string;
  state: string;
  requestHash: Buffer | null;
  unresolved: Unresolved;
  sendAt: Date | null;
}

/** Takes requests in: whatever API they come through, this is the only way to a message. */
@Injectable()
export class MessageAcceptor {
  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly optionRules: OptionRules,
    private readonly templates: TemplateDirectory,
    private readonly recipients: RecipientLookup,
    private readonly writer: MessageWriter,
    private readonly readyWork: ReadyWork,
    private readonly signal: WorkSignal,
    private readonly clock: Clock,
  ) {}

  /** Checks and stores a request; when this resolves the message is committed. `api` names the API it came through. */
  async accept(caller: Caller, api: string, request: MessageRequest): Promise<AcceptedMessage> {
    const hash = request.dedupKey === undefined ? null : requestHash(request);
    if (hash !== null) {
      const earlier = await this.replay(caller, request.dedupKey, hash);
      if (earlier !== undefined) return earlier;
    }
    const prepared = await this.prepare(caller.organisationId, request);
    const now = this.clock.now();
    const scheduled = prepared.sendAt !== null && prepared.sendAt > now;
    const readyAt = scheduled && prepared.sendAt !== null ? prepared.sendAt : now;
    await this.readyWork.mark(caller.organisationId, readyAt);
    const state = scheduled ? 'scheduled' : 'accepted';
    const id = await this.writer.write({ caller, api, request, prepared, hash, state, now, readyAt });
    if (id === null) {
      const first = hash === null ? undefined : await this.replay(caller, request.dedupKey, hash);
      if (first === undefined) throw new Error('A message was neither written nor found');
      return first;
    }
    this.signal.notify('plan', scheduled || request.priority === 'high');
    return { id, state, unresolved: prepared.unresolved, replayed: false };
  }

  /** Everything `accept` checks, without storing anything. */
  async prepare(organisationId: number, request: MessageRequest): Promise<PreparedMessage> {
    const now = this.clock.now();
    const sendAt = request.sendAt ?? null;
    if (request.expiresAt !== undefined && request.expiresAt <= (sendAt ?? now)) {
      throw InvalidRequest.at('expiresAt', 'must be after sendAt, and in the future');
    }
    checkAudience(request.audience);
    this.optionRules.check(request.options);
    const channels = await this.channels.load(organisationId);
    const { template, chosen } = await this.choose(organisationId, request, channels);
    const { audience, unresolved } = await resolveAudience(
      this.tenants.of(organisationId),
      request.audience,
      channels,
      this.recipients,
    );
    for (const [channelId, addresses] of Object.entries(audience.addresses)) {
      if (addresses.length > 0 && !chosen.channels.some((plan) => String(plan.channelId) === channelId)) {
        const code = channels.byId(Number(channelId))?.code ?? channelId;
        throw InvalidRequest.at(`audience.addresses.${code}`, 'the message says nothing on this channel');
      }
    }
    const routed = narrowRoutes(chosen.channels, request.routes ?? {}, channels);
    return { ...chosen, channels: routed, audience, unresolved, template, sendAt };
  }

  private async choose(
    organisationId: number,
    request: MessageRequest,
    channels: Awaited<ReturnType<ChannelDirectory['load']>>,
  ) {
    const { contents, template: use } = request;
    if ((contents === undefined) === (use === undefined)) {
      throw InvalidRequest.at('content', 'give either content or template, and not both');
    }
    if (use === undefined) return { template: null, chosen: contentChannels(contents ?? {}, channels) };
    const template =
      use.version === undefined
        ? await this.templates.published(organisationId, use.code)
        : await this.templates.byCodeVersion(organisationId, use.code, use.version);
    if (template === undefined) {
      throw InvalidRequest.at('template.code', `there is no published template ${use.code}`, 'unknown_template');
    }
    return { template, chosen: templateChannels(use, template, channels) };
  }

  private async replay(
    caller: Caller,
    dedupKey: string | undefined,
    hash: Buffer,
  ): Promise<AcceptedMessage | undefined> {
    const [stored] = await this.tenants
      .of(caller.organisationId)
      .query<StoredMessage>(FIND_BY_DEDUP_KEY, [caller.applicationId, dedupKey]);
    if (stored === undefined) return undefined;
    if (stored.requestHash === null || !hash.equals(stored.requestHash)) {
      throw new Conflict('dedup_key_reused', `Message ${stored.id} was made with this dedup key and another payload.`, [
        { path: 'dedupKey', message: 'was used with another payload' },
      ]);
    }
    return {
      id: stored.id,
      state: stored.sendAt === null ? 'accepted' : 'scheduled',
      unresolved: completeUnresolved(stored.unresolved),
      replayed: true,
    };
  }
}
