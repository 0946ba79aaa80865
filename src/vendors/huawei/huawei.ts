import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import { AccountHttp, type HttpReply, JSON_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { grantToken } from '../transport/client-credentials.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import { type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { HUAWEI, type HuaweiSettings } from './definition.js';
import { LARGEST_BODY, MOST_TOKENS } from './limits.js';
import { NO_DEVICE, readProbe } from './probe.js';
import { readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { messageOf } from './request-body.js';

const PROBE = JSON.stringify({
  validate_only: true,
  message: {
    android: { notification: { title: 'Tidings', body: 'Tidings', click_action: { type: 3 } } },
    token: [NO_DEVICE],
  },
});

/** Pushes to Huawei devices with Android inside, up to 1000 of the same words in one request. */
@Injectable()
export class HuaweiVendor implements Vendor {
  readonly definition = HUAWEI;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return sendInParts(request, { size: MOST_TOKENS, parallel: 4 }, (part) => this.sendPart(request, part));
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = await this.grant(account, signal);
    if ('refused' in grant) return notVerified(grant.refused, 'Huawei', 'app id or its secret');
    const reply = await this.post(account, grant.token, PROBE, signal);
    return readProbe(reply, 'app id and secret', this.clock.now());
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const { account, signal } = request;
    const message = messageOf(pushWords(request, content, HUAWEI.code, this.clock.now()), request);
    const bodyOf = (token: string[]): string => JSON.stringify({ message: { ...message, token } });
    const refused = tooLarge(Buffer.byteLength(bodyOf([])), LARGEST_BODY);
    if (refused !== undefined) return forAll(targets, { outcome: refused });
    const body = bodyOf(targets.map(({ address }) => address));
    return sendUnderToken(
      this.tokens,
      { account, targets },
      () => this.grant(account, signal),
      async (token) => {
        const reply = await this.post(account, token, body, signal);
        return reply.answered ? readAnswer(reply, targets, this.clock.now()) : forAll(targets, judgeNoAnswer(reply));
      },
    );
  }

  private grant(account: VendorAccountConfig, signal: AbortSignal): Promise<GrantAnswer> {
    const { authUrl, appId, appSecret } = account.settings as unknown as HuaweiSettings;
    const credentials = { url: authUrl, id: appId, secret: appSecret };
    return grantToken(this.http, account, credentials, { signal, now: this.clock.now() });
  }

  private post(account: VendorAccountConfig, token: string, body: string, signal: AbortSignal): Promise<HttpReply> {
    const { baseUrl, appId, projectId } = account.settings as unknown as HuaweiSettings;
    const [version, id] = projectId === undefined ? ['v1', appId] : ['v2', projectId];
    return this.http.call(account, {
      url: `${baseUrl}/${version}/${encodeURIComponent(id)}/messages:send`,
      headers: { authorization: `Bearer ${token}`, 'content-type': JSON_TYPE },
      body,
      signal,
    });
  }
}
