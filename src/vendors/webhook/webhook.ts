import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AccountHttp, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { WEBHOOK } from './definition.js';
import { inWords, isTaken, readAnswer } from './read-answer.js';
import { requestBody } from './request-body.js';
import { idempotencyKey, signature } from './sign.js';

interface WebhookSettings {
  url: string;
  secret: string;
}

/** Posts batches, signed, to a customer's own gateway: one request for up to 1000 targets, one outcome for each. */
@Injectable()
export class WebhookVendor implements Vendor {
  readonly definition = WEBHOOK;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  async send(request: VendorRequest): Promise<SendResult> {
    const { account, targets, attempt, signal } = request;
    const headers = { 'idempotency-key': idempotencyKey(targets, attempt) };
    const reply = await this.post(account, requestBody(request), signal, headers);
    return reply.answered ? readAnswer(reply, targets, this.clock.now()) : forAll(targets, judgeNoAnswer(reply));
  }

  /** Posts an empty list of targets, which a gateway is to answer with 2xx. */
  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const reply = await this.post(account, '{"targets":[]}', signal);
    if (!reply.answered) return { ok: false, detail: `The gateway cannot be used: ${reply.detail}` };
    return isTaken(reply)
      ? { ok: true, detail: `The gateway takes the signature and answers ${reply.status}.` }
      : { ok: false, detail: inWords(reply) };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private post(
    account: VendorAccountConfig,
    body: string,
    signal: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpReply> {
    const { url, secret } = account.settings as unknown as WebhookSettings;
    const signed = signature(secret, body, this.clock.now());
    return this.http.call(account, {
      url,
      headers: { 'content-type': 'application/json', ...signed, ...more },
      body,
      signal,
    });
  }
}
