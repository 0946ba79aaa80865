import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import { AccountHttp } from '../transport/account-http.js';
import { type Judgement, judge } from '../transport/judgement.js';
import { sendInParts } from '../transport/parts.js';
import { transportOf } from '../transport/transport-settings.js';
import type {
  AccountVerdict,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VendorTarget,
  VerifyResult,
} from '../vendor.js';
import { TOO_FAST } from './codes.js';
import { WEBPUSH } from './definition.js';
import { encrypt, LARGEST_PLAINTEXT } from './encrypt.js';
import { judgeTogether } from './judge-together.js';
import { deliveryHeaders, payloadOf } from './payload.js';
import { readAnswer } from './read-answer.js';
import { parseSubscription } from './subscription.js';
import { pairProblems, type Vapid } from './vapid-keys.js';
import { VapidTokens } from './vapid-tokens.js';

/** More than there are connections to one push service, so that a slow one does not hold up the others. */
const PARALLEL = 64;

const BODY_HEADERS = { 'content-type': 'application/octet-stream', 'content-encoding': 'aes128gcm' };

const NO_SUBSCRIPTION = judge('address-gone', 'invalid-subscription', 'The address is no PushSubscription.');

/** Pushes to browsers, one encrypted request each. */
@Injectable()
export class WebPushVendor implements Vendor {
  readonly definition = WEBPUSH;
  private readonly http: AccountHttp;
  private readonly tokens: VapidTokens;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new VapidTokens(clock);
  }

  async send(request: VendorRequest): Promise<SendResult> {
    const resting = new Map<string, Judgement>();
    const troubles = new Map<string, AccountVerdict>();
    const { outcomes } = await sendInParts(request, { size: 1, parallel: PARALLEL }, async ({ content, targets }) => {
      const [target] = targets as [VendorTarget];
      const { outcome, account } = await this.sendOne(request, content, target.address, resting);
      if (account !== undefined) troubles.set(target.reference, account);
      return { outcomes: [outcome] };
    });
    return judgeTogether(request, outcomes, troubles);
  }

  verify({ settings }: VendorAccountConfig): Promise<VerifyResult> {
    return Promise.resolve(
      pairProblems(settings).length === 0
        ? { ok: true, detail: 'The two VAPID keys belong together. Push services can be asked nothing without a push.' }
        : { ok: false, detail: 'The two VAPID keys do not belong together.' },
    );
  }

  close(): Promise<void> {
    return this.http.close();
  }

  /** `resting`: the push services that take no more in this call, and what they said. */
  private async sendOne(
    request: VendorRequest,
    content: Content,
    address: string,
    resting: Map<string, Judgement>,
  ): Promise<Judgement> {
    const { account, priority, signal } = request;
    const subscription = parseSubscription(address, transportOf(account).allowPrivateNetwork);
    if (subscription === undefined) return NO_SUBSCRIPTION;
    const { origin, endpoint } = subscription;
    const rest = resting.get(origin);
    if (rest !== undefined) return rest;
    const now = this.clock.now();
    const words = pushWords(request, content, WEBPUSH.code, now);
    const plaintext = Buffer.from(JSON.stringify(payloadOf(words, account.settings)));
    const refused = tooLarge(plaintext.length, LARGEST_PLAINTEXT);
    if (refused !== undefined) return { outcome: refused };
    const body = encrypt(plaintext, subscription);
    if (body === undefined) return NO_SUBSCRIPTION;
    const authorization = this.tokens.authorization(account.settings as unknown as Vapid, origin);
    const headers = { authorization, ...BODY_HEADERS, ...deliveryHeaders(words, priority) };
    const reply = await this.http.call(account, { url: endpoint, headers, body, signal });
    const judgement = readAnswer(reply, now);
    const unavailable = reply.answered ? TOO_FAST.has(reply.status) : judgement.account !== undefined;
    if (unavailable) resting.set(origin, judgement);
    return judgement;
  }
}
