import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { AccountHttp, type HttpReply, JSON_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import { type CalledUnderToken, type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VendorTarget, VerifyResult } from '../vendor.js';
import { VIVO } from './definition.js';
import { grantBody, readToken } from './grant.js';
import { messageBody, requestIdOf, type VivoSettings } from './message-body.js';
import { readAnswer, readSaved, sentNothing } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { Rests } from './rests.js';

const PARALLEL = 8;

type Body = Readonly<Record<string, unknown>>;

/** A call for one part of a request. */
interface Call {
  request: VendorRequest;
  targets: readonly VendorTarget[];
  body: Body;
}

/** Pushes to vivo and iQOO devices: one at once, several by saving their message and sending it to a list of up to 1000. */
@Injectable()
export class VivoVendor implements Vendor {
  readonly definition = VIVO;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;
  private readonly rests: Rests;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
    this.rests = new Rests(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return sendInParts(request, { size: VIVO.capabilities.requestSize, parallel: PARALLEL }, (part) =>
      this.sendPart(request, part),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = await this.grant(account, signal);
    return 'refused' in grant
      ? notVerified(grant.refused, 'vivo', 'app id, AppKey or AppSecret')
      : { ok: true, detail: 'vivo accepts the app id, AppKey and AppSecret.' };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const { account, signal } = request;
    const words = pushWords(request, content, VIVO.code, this.clock.now());
    const made = messageBody(words, request, targets.length > 1);
    if ('refused' in made) return forAll(targets, { outcome: made.refused });
    const resting = this.rests.of(account, made.scopes);
    if (resting !== undefined) return forAll(targets, resting);
    const body = { ...made.body, requestId: requestIdOf(request, targets) };
    const result = await sendUnderToken(
      this.tokens,
      { account, targets },
      () => this.grant(account, signal),
      (token) => this.push(token, { request, targets, body }),
    );
    this.rests.note(account, result.outcomes);
    return result;
  }

  private async push(token: string, call: Call): Promise<CalledUnderToken> {
    const { request, targets, body } = call;
    const [only, another] = targets;
    if (another !== undefined) return this.pushToList(token, call);
    const reply = await this.post(request, '/message/send', { ...body, regId: only?.address }, token);
    return reply.answered ? readAnswer(reply, targets, this.clock.now()) : forAll(targets, judgeNoAnswer(reply));
  }

  private async pushToList(token: string, { request, targets, body }: Call): Promise<CalledUnderToken> {
    const { appId, pushMode, requestId } = body;
    const message = { ...body, requestId: `${String(requestId)}-save` };
    const saving = await this.post(request, '/message/saveListPayload', message, token);
    if (!saving.answered) {
      const { outcomes, ...trouble } = forAll(targets, judgeNoAnswer(saving));
      return { ...trouble, outcomes: outcomes.map(sentNothing) };
    }
    const saved = readSaved(saving, targets, this.clock.now());
    if (!('taskId' in saved)) return saved;
    const regIds = targets.map(({ address }) => address);
    const { taskId } = saved;
    const reply = await this.post(
      request,
      '/message/pushToList',
      { appId, regIds, taskId, requestId, pushMode },
      token,
    );
    return reply.answered
      ? readAnswer(reply, targets, this.clock.now(), taskId)
      : forAll(targets, judgeNoAnswer(reply));
  }

  private async grant(account: VendorAccountConfig, signal: AbortSignal): Promise<GrantAnswer> {
    const now = this.clock.now();
    const body = grantBody(account.settings as unknown as VivoSettings, now);
    return readToken(await this.post({ account, signal }, '/message/auth', body), signal, now);
  }

  private post(
    { account, signal }: Pick<VendorRequest, 'account' | 'signal'>,
    path: string,
    body: Body,
    token?: string,
  ): Promise<HttpReply> {
    const { baseUrl } = account.settings as unknown as VivoSettings;
    const headers = { 'content-type': JSON_TYPE, ...(token === undefined ? {} : { authToken: token }) };
    return this.http.call(account, { url: `${baseUrl}${path}`, headers, body: JSON.stringify(body), signal });
  }
}
