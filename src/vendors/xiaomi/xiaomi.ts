import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { AccountHttp, FORM_TYPE, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { XIAOMI } from './definition.js';
import { readAnswer, refusalIn } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { requestForm, type XiaomiSettings } from './request-form.js';

/** Says how much of today's quota is left, and so whether the secret is good, without a push. */
const QUOTA_PATH = '/v1/trace/quota/get';

const PARALLEL = 4;

/** Pushes to Xiaomi devices, up to 1000 of the same words in one request. */
@Injectable()
export class XiaomiVendor implements Vendor {
  readonly definition = XIAOMI;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return sendInParts(request, { size: XIAOMI.capabilities.requestSize, parallel: PARALLEL }, (part) =>
      this.sendPart(request, part),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const { packageName } = account.settings as unknown as XiaomiSettings;
    const query = new URLSearchParams({ restricted_package_name: packageName });
    const reply = await this.call(account, 'GET', `${QUOTA_PATH}?${query.toString()}`, undefined, signal);
    if (!reply.answered) return { ok: false, detail: `Xiaomi cannot be reached: ${reply.detail}` };
    const refusal = refusalIn(reply, this.clock.now());
    return refusal === undefined
      ? { ok: true, detail: 'Xiaomi accepts the AppSecret for this package.' }
      : notVerified(refusal, 'Xiaomi', 'AppSecret or the package name');
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const now = this.clock.now();
    const made = requestForm(pushWords(request, content, XIAOMI.code, now), request);
    if ('refused' in made) return forAll(targets, { outcome: made.refused });
    made.form.set('registration_id', targets.map(({ address }) => address).join(','));
    const reply = await this.call(request.account, 'POST', '/v3/message/regid', made.form.toString(), request.signal);
    return reply.answered ? readAnswer(reply, targets, now) : forAll(targets, judgeNoAnswer(reply));
  }

  private call(
    account: VendorAccountConfig,
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const { baseUrl, appSecret } = account.settings as unknown as XiaomiSettings;
    const headers = { authorization: `key=${appSecret}`, ...(body === undefined ? {} : { 'content-type': FORM_TYPE }) };
    return this.http.call(account, { method, url: `${baseUrl}${path}`, headers, body, signal });
  }
}
