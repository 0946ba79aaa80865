import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { LARGEST_BODY, MOST_TOKENS } from '../huawei/limits.js';
import { NO_DEVICE, readProbe } from '../huawei/probe.js';
import { readAnswer } from '../huawei/read-answer.js';
import { readReceipts } from '../huawei/receipts.js';
import { type PushWords, pushWords } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import { AccountHttp, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { CREDENTIALS, forAll, judge } from '../transport/judgement.js';
import { type Part, sendInParts } from '../transport/parts.js';
import { type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { HARMONY, type HarmonySettings } from './definition.js';
import { type HarmonyPush, pushOf } from './request-body.js';
import { signToken } from './service-account.js';

const MOST_TEST_TOKENS = 10;

/** Pushes to devices with HarmonyOS 5 and later, up to 1000 of the same words in one request. */
@Injectable()
export class HarmonyVendor implements Vendor {
  readonly definition = HARMONY;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const size = this.words(request).own['testMessage'] === true ? MOST_TEST_TOKENS : MOST_TOKENS;
    return sendInParts(request, { size, parallel: 4 }, (part) => this.sendPart(request, part));
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = this.grant(account);
    if ('refused' in grant) return { ok: false, detail: grant.refused.account?.detail ?? '' };
    const words: PushWords = { silent: false, title: 'Tidings', click: { to: 'app' }, data: {}, ios: {}, own: {} };
    const reply = await this.post(account, grant.token, pushOf(words, { tag: 'verify', account }), [NO_DEVICE], signal);
    return readProbe(reply, 'service account', this.clock.now());
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const { account, signal } = request;
    const push = pushOf(this.words(request, content), request);
    const refused = tooLarge(Buffer.byteLength(push.bodyOf([])), LARGEST_BODY);
    if (refused !== undefined) return forAll(targets, { outcome: refused });
    const devices = targets.map(({ address }) => address);
    return sendUnderToken(
      this.tokens,
      { account, targets },
      () => Promise.resolve(this.grant(account)),
      async (token) => {
        const reply = await this.post(account, token, push, devices, signal);
        return reply.answered ? readAnswer(reply, targets, this.clock.now()) : forAll(targets, judgeNoAnswer(reply));
      },
    );
  }

  private words(request: VendorRequest, content = request.content): PushWords {
    return pushWords(request, content, HARMONY.code, this.clock.now());
  }

  /** The account's key was checked when it was saved; should it be none all the same, that is the account's trouble. */
  private grant(account: VendorAccountConfig): GrantAnswer {
    const { serviceAccount } = account.settings as unknown as HarmonySettings;
    try {
      return signToken(serviceAccount, this.clock.now());
    } catch (error) {
      const detail = `The service account’s private key cannot sign: ${(error as Error).message}`;
      return { refused: judge(CREDENTIALS, 'private-key', detail) };
    }
  }

  private post(
    account: VendorAccountConfig,
    token: string,
    { type, bodyOf }: HarmonyPush,
    devices: readonly string[],
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const { baseUrl, serviceAccount } = account.settings as unknown as HarmonySettings;
    return this.http.call(account, {
      url: `${baseUrl}/v3/${encodeURIComponent(serviceAccount.project_id)}/messages:send`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'push-type': type },
      body: bodyOf(devices),
      signal,
    });
  }
}
