import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { isMainland, type Sending, sendPlanned } from '../sms/send-planned.js';
import { signHostOf } from '../sms/sign-host.js';
import { SIGN_REQUIRED, type SmsSettings, type SmsWords, smsWords } from '../sms/sms-words.js';
import { AccountHttp, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import type { Outcome, SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { callsFor, type CallSettings, orderProblem, smsBody } from './calls.js';
import { TENCENT_SMS } from './definition.js';
import { readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { CONTENT_TYPE, signTc3, type Tc3Keys } from './sign.js';
import { readVerification, VERIFY_ACTION, verifyBody } from './verify.js';

const VERSION = '2021-01-11';

interface TencentSettings extends Tc3Keys, SmsSettings, CallSettings {
  token?: string;
  region: string;
  baseUrl: string;
  signHost?: string;
}

/** SMS over Tencent Cloud: up to 200 of the same words in one request, with an outcome for each. */
@Injectable()
export class TencentSmsVendor implements Vendor {
  readonly definition = TENCENT_SMS;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const settings = settingsOf(request.account);
    return sendPlanned(request, {
      wordsOf: (content) => orderedWords(content, settings),
      callsFor,
      // Words of people's own take a call each.
      parallel: 8,
      send: (call) => this.sendCall(request, call),
    });
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const body = verifyBody(settingsOf(account).sdkAppId, this.clock.now());
    return readVerification(await this.call(account, VERIFY_ACTION, body, signal));
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendCall({ account, tag, signal }: VendorRequest, call: readonly Sending[]): Promise<SendResult> {
    const [first] = call as [Sending];
    if (first.words.sign === undefined && isMainland(first)) return forAll(call, { outcome: SIGN_REQUIRED });
    const reply = await this.call(account, 'SendSms', smsBody(call, tag, settingsOf(account)), signal);
    return reply.answered ? readAnswer(reply, call, this.clock.now()) : forAll(call, judgeNoAnswer(reply));
  }

  private call(
    account: VendorAccountConfig,
    action: string,
    wanted: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const settings = settingsOf(account);
    const body = JSON.stringify(wanted);
    const timestamp = Math.floor(this.clock.now().getTime() / 1000);
    const headers = {
      'content-type': CONTENT_TYPE,
      'x-tc-action': action,
      'x-tc-version': VERSION,
      'x-tc-region': settings.region,
      'x-tc-timestamp': String(timestamp),
      ...(settings.token === undefined ? {} : { 'x-tc-token': settings.token }),
      authorization: signTc3({ host: signHostOf(settings), body, timestamp }, settings),
    };
    return this.http.call(account, { url: `${settings.baseUrl}/`, headers, body, signal });
  }
}

const settingsOf = ({ settings }: VendorAccountConfig): TencentSettings => settings as unknown as TencentSettings;

function orderedWords(content: Content, settings: SmsSettings): SmsWords | { refused: Outcome } {
  const words = smsWords(content, settings);
  if ('refused' in words) return words;
  const refused = orderProblem(words);
  return refused === undefined ? words : { refused };
}
