import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { chatWords, NOTHING_SAID } from '../chat/chat-words.js';
import { isUserId } from '../chat/mentions.js';
import { AccountHttp, type HttpReply, JSON_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import { jsonObject } from '../transport/read-text.js';
import { type CalledUnderToken, type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import { word } from '../transport/untrusted.js';
import type {
  Outcome,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VendorTarget,
  VerifyResult,
} from '../vendor.js';
import { appMessage, type WecomSettings } from './app-message.js';
import { WECOM } from './definition.js';
import { judgeApp, readSent, readToken } from './read-answer.js';

const NO_USER_ID: Outcome = {
  status: 'rejected',
  code: 'invalid-address',
  detail: 'An address is the id of one member: letters, digits and _-@. of which the first is a letter or a digit.',
};

const settingsOf = ({ settings }: VendorAccountConfig): WecomSettings => settings as unknown as WecomSettings;

/** Messages of a WeCom app to members of its company, up to 1000 of the same words in one request. */
@Injectable()
export class WecomVendor implements Vendor {
  readonly definition = WECOM;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return sendInParts(request, { size: WECOM.capabilities.requestSize, parallel: 4 }, (part) =>
      this.sendPart(request, part),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = await this.fetchToken(account, signal);
    if ('refused' in grant) return notVerified(grant.refused, 'WeCom', 'company or the secret');
    const { agentId } = settingsOf(account);
    const query = { access_token: grant.token, agentid: String(agentId) };
    const reply = await this.call(account, 'GET', '/cgi-bin/agent/get', query, signal);
    const judgement = reply.answered ? judgeApp(reply, this.clock.now()) : judgeNoAnswer(reply);
    if (!reply.answered || judgement.outcome.status !== 'accepted')
      return notVerified(judgement, 'WeCom accepts the secret, but', `app ${agentId}`);
    const { name, close } = jsonObject(reply.text) ?? {};
    const app = `the app ${word(name) ?? agentId}`;
    return close === 1
      ? { ok: false, detail: `WeCom accepts the secret, but ${app} is switched off.` }
      : { ok: true, detail: `WeCom accepts the secret and knows ${app}.` };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const words = chatWords(content);
    if (words === undefined) return forAll(targets, { outcome: NOTHING_SAID });
    const made = appMessage(words, settingsOf(request.account));
    if ('refused' in made) return forAll(targets, { outcome: made.refused });
    const members = targets.filter(({ address }) => isUserId(address));
    if (members.length === 0) return forAll(targets, { outcome: NO_USER_ID });
    const { outcomes, ...verdict } = await this.sendTo(request, members, made.message);
    const byMember = new Map(members.map((member, index) => [member, outcomes[index]]));
    return { outcomes: targets.map((target) => byMember.get(target) ?? NO_USER_ID), ...verdict };
  }

  private sendTo(
    { account, signal }: VendorRequest,
    members: readonly VendorTarget[],
    message: Readonly<Record<string, unknown>>,
  ): Promise<SendResult> {
    const body = JSON.stringify({ touser: members.map(({ address }) => address).join('|'), ...message });
    const post = async (token: string): Promise<CalledUnderToken> => {
      const reply = await this.call(account, 'POST', '/cgi-bin/message/send', { access_token: token }, signal, body);
      return reply.answered ? readSent(reply, members, this.clock.now()) : forAll(members, judgeNoAnswer(reply));
    };
    return sendUnderToken(this.tokens, { account, targets: members }, () => this.fetchToken(account, signal), post);
  }

  private async fetchToken(account: VendorAccountConfig, signal: AbortSignal): Promise<GrantAnswer> {
    const { corpId, corpSecret } = settingsOf(account);
    const query = { corpid: corpId, corpsecret: corpSecret };
    return readToken(await this.call(account, 'GET', '/cgi-bin/gettoken', query, signal), signal, this.clock.now());
  }

  private call(
    account: VendorAccountConfig,
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
    body?: string,
  ): Promise<HttpReply> {
    const url = `${settingsOf(account).baseUrl}${path}?${new URLSearchParams(query).toString()}`;
    return this.http.call(account, {
      method,
      url,
      headers: body === undefined ? {} : { 'content-type': JSON_TYPE },
      body,
      signal,
    });
  }
}
