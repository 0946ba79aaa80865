import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { AccountHttp, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { sendInParts } from '../transport/parts.js';
import type {
  ReceiptCall,
  ReceiptReading,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VendorTarget,
  VerifyResult,
} from '../vendor.js';
import { TWILIO } from './definition.js';
import { readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';
import { requestForm, type TwilioSettings } from './request-form.js';

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

/** Sends SMS through Twilio, one call for each, several at once. */
@Injectable()
export class TwilioVendor implements Vendor {
  readonly definition = TWILIO;
  private readonly http: AccountHttp;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const { connections } = settingsOf(request.account);
    return sendInParts(request, { size: 1, parallel: connections }, async ({ content, targets }) => {
      const [target] = targets as readonly [VendorTarget];
      return this.sendOne(request, content, target);
    });
  }

  /** Lists one message under each of the account's credentials: those of calls, and the token that signs receipts. */
  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const url = `${messagesUrl(account)}?PageSize=1`;
    const credentials = credentialsOf(account);
    for (const { name, authorization } of credentials) {
      const reply = await this.http.call(account, { method: 'GET', url, headers: { authorization }, signal });
      if (!reply.answered) return { ok: false, detail: `Twilio cannot be reached: ${reply.detail}` };
      if (reply.status !== 200) {
        const { account: trouble } = readAnswer(reply, this.clock.now());
        return { ok: false, detail: `Twilio refuses the ${name}: ${trouble?.detail || `HTTP ${reply.status}`}` };
      }
    }
    const names = credentials.map(({ name }) => name).join(' and the ');
    return { ok: true, detail: `Twilio accepts the ${names}; the sender is tried by the first message.` };
  }

  readReceipts(call: ReceiptCall): ReceiptReading {
    return readReceipts(call);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendOne(request: VendorRequest, content: Content, target: VendorTarget): Promise<SendResult> {
    const { account, signal } = request;
    const made = requestForm(request, content, target, this.clock.now());
    if ('refused' in made) return forAll([target], { outcome: made.refused });
    const [{ authorization }] = credentialsOf(account);
    const reply = await this.http.call(account, {
      url: messagesUrl(account),
      headers: { authorization, 'content-type': FORM },
      body: made.form.toString(),
      signal,
    });
    return forAll([target], reply.answered ? readAnswer(reply, this.clock.now()) : judgeNoAnswer(reply));
  }
}

interface Credentials {
  name: string;
  authorization: string;
}

/** The first are those of calls. */
function credentialsOf(account: VendorAccountConfig): [Credentials, ...Credentials[]] {
  const { accountSid, authToken, apiKeySid, apiKeySecret } = settingsOf(account);
  const token = { name: 'auth token', authorization: basic(accountSid, authToken ?? '') };
  if (apiKeySid === undefined) return [token];
  const key = { name: 'API key', authorization: basic(apiKeySid, apiKeySecret ?? '') };
  return authToken === undefined ? [key] : [key, token];
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function messagesUrl(account: VendorAccountConfig): string {
  const { baseUrl, accountSid } = settingsOf(account);
  return `${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`;
}

const settingsOf = ({ settings }: VendorAccountConfig): TwilioSettings => settings as unknown as TwilioSettings;
