import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { LARGEST_BODY } from '../huawei/limits.js';
import { pushWords } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import { AccountHttp, type HttpReply, JSON_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { grantToken } from '../transport/client-credentials.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import { type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { HONOR, type HonorSettings } from './definition.js';
import { readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { messageOf } from './request-body.js';

/** Pushes to Honor devices, up to 1000 of the same words in one request. */
@Injectable()
export class HonorVendor implements Vendor {
  readonly definition = HONOR;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const { tokensPerRequest: size } = request.account.settings as unknown as HonorSettings;
    return sendInParts(request, { size, parallel: 4 }, (part) => this.sendPart(request, part));
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = await this.grant(account, signal);
    return 'refused' in grant
      ? notVerified(grant.refused, 'Honor', 'client id or its secret')
      : {
          ok: true,
          detail: 'Honor accepts the client id and its secret. Whether the app id is theirs, a push will tell.',
        };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const { account, signal } = request;
    const message = messageOf(pushWords(request, content, HONOR.code, this.clock.now()), request);
    const bodyOf = (token: string[]): string => JSON.stringify({ ...message, token });
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
    const { authUrl, clientId, clientSecret } = account.settings as unknown as HonorSettings;
    const credentials = { url: authUrl, id: clientId, secret: clientSecret };
    return grantToken(this.http, account, credentials, { signal, now: this.clock.now() });
  }

  private post(account: VendorAccountConfig, token: string, body: string, signal: AbortSignal): Promise<HttpReply> {
    const { baseUrl, appId } = account.settings as unknown as HonorSettings;
    const timestamp = String(this.clock.now().getTime());
    return this.http.call(account, {
      url: `${baseUrl}/api/v1/${encodeURIComponent(appId)}/sendMessage`,
      headers: { authorization: `Bearer ${token}`, timestamp, 'content-type': JSON_TYPE },
      body,
      signal,
    });
  }
}
