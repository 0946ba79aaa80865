import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import type { FieldError } from '../../common/problem.js';
import { AccountHttp, judgeNoAnswer } from '../transport/account-http.js';
import { CREDENTIALS, forAll, judge } from '../transport/judgement.js';
import { type Part, sendInParts } from '../transport/parts.js';
import type {
  Outcome,
  ReceiptCall,
  ReceiptReading,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VerifyResult,
} from '../vendor.js';
import { buildCall } from './build-call.js';
import { takesTemplate, takesText } from './call-rules.js';
import { HTTP_SMS } from './definition.js';
import { accountFilling, messageFilling } from './filling.js';
import { type Gateway, gatewayOf } from './gateway.js';
import { judgeAnswer, readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';

/** Sends SMS through any gateway that takes HTTP requests; what these look like, the account's settings say. */
@Injectable()
export class HttpSmsVendor implements Vendor {
  readonly definition = HTTP_SMS;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  async send(request: VendorRequest): Promise<SendResult> {
    const gateway = gatewayOf(request.account);
    if (Array.isArray(gateway)) return forAll(request.targets, judge(CREDENTIALS, 'settings', inWords(gateway)));
    const { batchSize: size, connections: parallel } = gateway.plain;
    return sendInParts(request, { size, parallel }, (part) => this.sendPart(request, gateway, part));
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const gateway = gatewayOf(account);
    if (Array.isArray(gateway)) return { ok: false, detail: inWords(gateway) };
    const { verify } = gateway;
    if (verify === undefined) return this.connect(account, signal);
    const now = this.clock.now();
    const call = buildCall(gateway, verify.call, accountFilling(gateway, now));
    const reply = await this.http.call(account, { ...call, signal });
    if (!reply.answered) return { ok: false, detail: `The gateway cannot be reached: ${reply.detail}` };
    const { outcome, account: trouble } = judgeAnswer(gateway, verify.answer, reply, now);
    if (outcome.status === 'accepted') return { ok: true, detail: 'The gateway accepts the account.' };
    const { code, detail = '' } = trouble ?? outcome;
    return { ok: false, detail: `The gateway refuses the account: ${code}${detail === '' ? '' : ` (${detail})`}` };
  }

  readReceipts(call: ReceiptCall): ReceiptReading {
    const gateway = gatewayOf(call.account);
    return Array.isArray(gateway) ? { receipts: [], answer: { status: 404 } } : readReceipts(gateway, call);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart(request: VendorRequest, gateway: Gateway, { content, targets }: Part): Promise<SendResult> {
    const refused = refusal(gateway, content);
    if (refused !== undefined) return forAll(targets, { outcome: refused });
    const { account, signal } = request;
    const now = this.clock.now();
    const call = buildCall(gateway, gateway.call, messageFilling(gateway, request, content, targets, now));
    const reply = await this.http.call(account, { ...call, signal });
    return reply.answered ? readAnswer(gateway, reply, targets, now) : forAll(targets, judgeNoAnswer(reply));
  }

  /** Whatever the front page of the host answers, it is there: nothing else of a gateway is known that sends nothing. */
  private async connect(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const url = new URL(String(account.settings['url'])).origin;
    const reply = await this.http.call(account, { method: 'GET', url, signal });
    return reply.answered
      ? { ok: true, detail: 'The gateway’s host can be connected to; its credentials are tried by the first message.' }
      : { ok: false, detail: `The gateway’s host cannot be connected to: ${reply.detail}` };
  }
}

/** A request without words would be charged, or be an empty SMS. */
function refusal({ call }: Gateway, { text, vendorTemplate }: Content): Outcome | undefined {
  if ((takesText(call) && text) || (takesTemplate(call) && vendorTemplate !== undefined)) return undefined;
  const taken = takesText(call) ? 'texts' : 'its own templates';
  return {
    status: 'rejected',
    code: 'no-words',
    detail: `By its settings the gateway takes ${taken}, and the message has none.`,
  };
}

const inWords = (errors: readonly FieldError[]): string =>
  errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
