import { Injectable } from '@nestjs/common';
import { type PlaceRule, RateWindow } from '../../access/rate-window/rate-window.js';
import type { GatewayCall, GatewayResult } from './gateway-call.js';
import { personOf, spellingsOf, withoutPrefix } from './im-account.js';
import { MessageSender } from './message-sender.js';
import { FoldedDirectory } from '../../recipients/folded-directory.js';
import { type ImPush, readImPush } from './read-im-push.js';
import { toImPushReply, toUnknownSenderReply } from './to-response.js';
import { MobilearkError } from './wire-error.js';

/** Longer than any sender that was ever let through; such a one has used up nothing. */
const LONGEST_SENDER = 100;

/** `mobileark.impush`: one person writes to a few others. */
@Injectable()
export class ImPushMethod {
  constructor(
    private readonly directory: FoldedDirectory,
    private readonly sender: MessageSender,
    private readonly rates: RateWindow,
  ) {}

  /** @throws MobilearkError 1037, 1032, 1033, 1009 */
  async call(call: GatewayCall): Promise<GatewayResult> {
    await this.refuseFrequent(call);
    const { caller, settings, parameters } = call;
    const push = readImPush(parameters, settings);
    await this.sender.checkOrganisation(call, push.ecid);
    await this.sender.checkChannel(call, settings.channels.im, 'inbox');
    const spellings = spellingsOf([push.imSender, ...push.imReceiver]);
    const people = await this.directory.people(caller.organisationId, spellings);
    const sender = personOf(push.imSender, people);
    if (sender === undefined) return { reply: toUnknownSenderReply(push.imSender) };
    const receivers = push.imReceiver.map((account) => ({ account, code: personOf(account, people) }));
    const codes = new Set(receivers.map(({ code }) => code).filter((code) => code !== undefined));
    const failed = receivers.filter(({ code }) => code === undefined).map(({ account }) => account);
    if (codes.size === 0) return { reply: toImPushReply({ accepted: false, failed }) };
    const messageId = await this.send(call, push, sender, [...codes]);
    return { reply: toImPushReply({ accepted: true, failed }), messageId };
  }

  /** Only a call that is accepted counts, so whoever is over the measure is told so before anything else is looked at. */
  private async refuseFrequent(call: GatewayCall): Promise<void> {
    const ecid = call.parameters.get('ecid')?.trim() ?? '';
    const sender = call.parameters.get('imSender')?.trim() ?? '';
    if (ecid.length + sender.length > LONGEST_SENDER || `${ecid}${sender}`.includes('\0')) return;
    const { organisationId } = call.caller;
    if (await this.rates.isFull(organisationId, rule(call, ecid, sender))) throw new MobilearkError('1037');
  }

  private async send(call: GatewayCall, push: ImPush, sender: string, users: string[]): Promise<string> {
    const measure = rule(call, push.ecid, push.imSender);
    const { organisationId } = call.caller;
    const place = await this.rates.take(organisationId, measure);
    if (place === undefined) throw new MobilearkError('1037');
    try {
      return await this.sender.send(call, {
        channel: call.settings.channels.im,
        audience: { users },
        category: 'im',
        content: { text: push.content },
        sender: { code: sender, name: push.imSenderName },
      });
    } catch (error) {
      await this.rates.giveBack(organisationId, measure, place);
      throw error;
    }
  }
}

/** So many IMs of one sender, however the account is spelled. */
function rule({ appKey, settings }: GatewayCall, ecid: string, imSender: string): PlaceRule {
  const { calls, windowSeconds } = settings.limits;
  const sender = withoutPrefix(imSender).toLowerCase();
  return { name: `mobileark.impush/${appKey}/${ecid.toLowerCase()}/${sender}`, places: calls, seconds: windowSeconds };
}
