import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import { Clock } from '../../common/clock.js';
import { PreviewCount } from '../../messages/api/preview-count.js';
import { MessageAcceptor } from '../../messages/message-acceptor.js';
import type { PreparedMessage } from '../../messages/prepared-message.js';
import { type ClientIdHolder, ClientIds } from '../../recipients/client-ids.js';
import type { WorkPlusPushResultDto } from './mbox-reply.dto.js';
import { type Order, readOrder } from './read-order.js';
import { Refusal, STATUSES } from './statuses.js';
import { audienceOf, toMessage, type Wording } from './to-message.js';
import { toPushResult } from './to-push-result.js';
import { toWireError } from './wire-error.js';
import type { WorkPlusCaller } from './workplus-access.js';
import { WorkPlusImages } from './workplus-images.js';
import { invalidSetting } from './workplus-settings.js';
import { WorkPlusTemplates } from './workplus-templates.js';

/** What a push has come to, once everything in it is looked up. */
interface Looked {
  by: WorkPlusCaller;
  order: Order;
  wording: Wording;
  holders: ReadonlyMap<string, ClientIdHolder>;
  channels: OrganisationChannels;
}

/** Pushes to people's inboxes. */
@Injectable()
export class WorkPlusMessages {
  constructor(
    private readonly acceptor: MessageAcceptor,
    private readonly channels: ChannelDirectory,
    private readonly clientIds: ClientIds,
    private readonly templates: WorkPlusTemplates,
    private readonly images: WorkPlusImages,
    private readonly counts: PreviewCount,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks a push, counts whom it reaches now, and sends it. One that names nobody and is not for everybody is checked and not sent.
   * @throws Refusal, InvalidRequest naming the first wrong field
   */
  async push(by: WorkPlusCaller, query: unknown, body: unknown): Promise<WorkPlusPushResultDto> {
    const looked = await this.look(by, readOrder(query, body, this.clock.now()));
    try {
      return await this.send(looked);
    } catch (error) {
      const { what } = looked.order;
      throw toWireError(error, 'said' in what ? what.said.places : {});
    }
  }

  private async look(by: WorkPlusCaller, order: Order): Promise<Looked> {
    const { organisationId } = by.caller;
    const { what, people } = order;
    const channels = await this.channels.load(organisationId);
    const channel = channels.byCode(by.settings.channel);
    if (channel?.kind !== 'inbox') throw invalidSetting('channel', `there is no inbox channel ${by.settings.channel}`);
    await this.images.check(by, 'said' in what ? what.said.mediaIds : what.template.mediaIds);
    return {
      by,
      order,
      wording: await this.wording(by, order),
      holders: await this.clientIds.find(organisationId, people.clientIds),
      channels,
    };
  }

  private async wording(by: WorkPlusCaller, { what }: Order): Promise<Wording> {
    if ('said' in what) {
      const { words, body, image } = what.said;
      // The image is kept only once all else is known to be right, but its id is part of what is checked.
      if (image === undefined) return { words, body };
      const id = randomUUID();
      return { words, body: { ...body, media_id: id }, image: { id, content: image } };
    }
    try {
      return { ...(await this.templates.fill(by, what.template)), body: what.template.body };
    } catch (error) {
      throw toWireError(error);
    }
  }

  private async send(looked: Looked): Promise<WorkPlusPushResultDto> {
    const { by, order, wording, holders, channels } = looked;
    const { organisationId } = by.caller;
    const planId = randomUUID();
    const audience = audienceOf(order, holders);
    const request = toMessage({ by, order, wording, audience, planId });
    const prepared = await this.acceptor.prepare(organisationId, request);
    if (order.people.named && namesNobody(prepared)) throw new Refusal(STATUSES.noEmployee);
    const result = { by, planId, now: this.clock.now(), people: order.people, holders };
    if (!order.people.named && !order.people.everyone) return toPushResult({ ...result, expects: 0, fails: 0 });
    const { targets } = await this.counts.count(organisationId, prepared, channels);
    const expects = [...targets.values()].flatMap((byAccount) => [...byAccount.values()]);
    if (wording.image !== undefined) await this.images.keepInline(by, wording.image);
    await this.acceptor.accept(by.caller, 'workplus', request);
    return toPushResult({
      ...result,
      expects: expects.reduce((sum, count) => sum + count, 0),
      fails: prepared.unresolved.users.length,
    });
  }
}

const namesNobody = ({ audience }: PreparedMessage): boolean =>
  audience.recipientIds.length === 0 && audience.departmentPaths.length === 0;
