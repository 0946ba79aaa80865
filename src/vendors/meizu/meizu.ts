import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { AccountHttp, FORM_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { MEIZU } from './definition.js';
import { messageJson, type MeizuSettings } from './message-json.js';
import { readAnswer, refusalIn } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { signed } from './sign.js';

const PUSH_PATH = '/garcia/api/server/push';
/** Says how many pushes there were, and so whether the secret is good, without one. */
const STATISTICS_PATH = `${PUSH_PATH}/statistics/dailyPushStatics`;
const PARALLEL = 4;

/** Pushes to Meizu devices, up to 100 of the same words in one request. */
@Injectable()
export class MeizuVendor implements Vendor {
  readonly definition = MEIZU;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return sendInParts(request, { size: MEIZU.capabilities.requestSize, parallel: PARALLEL }, (part) =>
      this.sendPart(request, part),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const { appId, appSecret, baseUrl } = account.settings as unknown as MeizuSettings;
    const now = this.clock.now();
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const query = signed({ appId, startTime: today, endTime: today }, appSecret);
    const url = `${baseUrl}${STATISTICS_PATH}?${query.toString()}`;
    const reply = await this.http.call(account, { method: 'GET', url, signal });
    if (!reply.answered) return { ok: false, detail: `Meizu cannot be reached: ${reply.detail}` };
    const refusal = refusalIn(reply, now);
    return refusal === undefined
      ? { ok: true, detail: 'Meizu accepts the app id and its secret.' }
      : notVerified(refusal, 'Meizu', 'app id or its secret');
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const { account, signal } = request;
    const { appId, appSecret, baseUrl } = account.settings as unknown as MeizuSettings;
    const now = this.clock.now();
    const made = messageJson(pushWords(request, content, MEIZU.code, now), request);
    if ('refused' in made) return forAll(targets, { outcome: made.refused });
    const pushIds = targets.map(({ address }) => address).join(',');
    const body = signed({ appId, pushIds, messageJson: made.json }, appSecret).toString();
    const url = `${baseUrl}${PUSH_PATH}/${made.way}/pushByPushId`;
    const reply = await this.http.call(account, { url, headers: { 'content-type': FORM_TYPE }, body, signal });
    return reply.answered ? readAnswer(reply, targets, now) : forAll(targets, judgeNoAnswer(reply));
  }
}
