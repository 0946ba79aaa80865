import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { type Sending, sendPlanned } from '../sms/send-planned.js';
import { signHostOf } from '../sms/sign-host.js';
import { SIGN_REQUIRED, type SmsSettings, type SmsWords, smsWords } from '../sms/sms-words.js';
import { AccountHttp, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import type { Outcome, SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { callsFor, smsCall, type SmsCall } from './calls.js';
import { ALIYUN_SMS } from './definition.js';
import { type CallAnswer, readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { sendNarrowing } from './send-narrowing.js';
import { type AcsKeys, signAcs3 } from './sign.js';
import { readVerification, VERIFY_ACTION, VERIFY_QUERY } from './verify.js';

interface AliyunSettings extends AcsKeys, SmsSettings {
  extendCode?: string;
  baseUrl: string;
  signHost?: string;
}

/** SMS over Alibaba Cloud: up to 1000 of the same words in one request, up to 100 of different ones. */
@Injectable()
export class AliyunSmsVendor implements Vendor {
  readonly definition = ALIYUN_SMS;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const settings = settingsOf(request.account);
    return sendPlanned(request, {
      wordsOf: (content) => signedWords(content, settings),
      callsFor,
      parallel: 4,
      send: (call) => sendNarrowing(call, (part) => this.sendCall(request, part)),
    });
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const reply = await this.call(account, { action: VERIFY_ACTION, query: VERIFY_QUERY, form: {} }, signal);
    return readVerification(reply, settingsOf(account));
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendCall(request: VendorRequest, call: readonly Sending[], again = true): Promise<CallAnswer> {
    const { account, tag, signal } = request;
    const reply = await this.call(account, smsCall(call, tag, settingsOf(account).extendCode), signal);
    if (!reply.answered) return { result: forAll(call, judgeNoAnswer(reply)) };
    const answer = readAnswer(reply, call, this.clock.now());
    return answer.again === 'new-nonce' && again ? this.sendCall(request, call, false) : answer;
  }

  private call(account: VendorAccountConfig, call: SmsCall, signal: AbortSignal): Promise<HttpReply> {
    const settings = settingsOf(account);
    const signed = { ...call, host: signHostOf(settings), at: this.clock.now(), nonce: randomUUID() };
    const { query, body, headers } = signAcs3(signed, settings);
    return this.http.call(account, { url: `${settings.baseUrl}/?${query}`, headers, body, signal });
  }
}

const settingsOf = ({ settings }: VendorAccountConfig): AliyunSettings => settings as unknown as AliyunSettings;

function signedWords(content: Content, settings: SmsSettings): SmsWords | { refused: Outcome } {
  const words = smsWords(content, settings);
  return 'refused' in words || words.sign !== undefined ? words : { refused: SIGN_REQUIRED };
}
