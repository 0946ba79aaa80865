import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AccountHttp, FORM_TYPE, type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { forAll } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { inOrder, runParts, slices } from '../transport/parts.js';
import { type GrantAnswer, sendUnderToken, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VendorTarget, VerifyResult } from '../vendor.js';
import { OPPO } from './definition.js';
import { grantForm, readToken } from './grant.js';
import { type Messages, messagesFor, type OppoSettings } from './messages.js';
import { readAnswer } from './read-answer.js';
import { readReceipts } from './receipts.js';

const AUTH_PATH = '/server/v1/auth';
const ONE_PATH = '/server/v1/message/notification/unicast';
const BATCH_PATH = '/server/v1/message/notification/unicast_batch';
const PARALLEL = 4;
/** OPPO names no limit, but servers in Java commonly refuse forms of more than two megabytes. */
const LARGEST_FORM = 1_500_000;

/** Pushes to OPPO, OnePlus and realme devices, up to 1000 in one request, each with words of its own where it has them. */
@Injectable()
export class OppoVendor implements Vendor {
  readonly definition = OPPO;
  readonly readReceipts = readReceipts;
  private readonly http: AccountHttp;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.http = new AccountHttp(clock);
    this.tokens = new TokenCache(clock);
  }

  /** A batch takes other words for each of its messages, so that a request is divided by its size alone. */
  async send(request: VendorRequest): Promise<SendResult> {
    const { json, refused } = messagesFor(request, this.clock.now());
    const parts = slices([...json.keys()], batchSize(json)).map((targets) => ({ targets }));
    const { outcomes, ...verdict } = await runParts(parts, request, PARALLEL, ({ targets }) =>
      this.sendPart(request, targets, json),
    );
    return { outcomes: inOrder(request.targets, new Map([...refused, ...outcomes])), ...verdict };
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const grant = await this.grant(account, signal);
    return 'refused' in grant
      ? notVerified(grant.refused, 'OPPO', 'AppKey or the MasterSecret')
      : { ok: true, detail: 'OPPO accepts the AppKey and the MasterSecret.' };
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private sendPart(
    { account, signal }: VendorRequest,
    targets: readonly VendorTarget[],
    json: Messages['json'],
  ): Promise<SendResult> {
    const messages = targets.map((target) => json.get(target)).join(',');
    const [path, words] =
      targets.length === 1 ? [ONE_PATH, { message: messages }] : [BATCH_PATH, { messages: `[${messages}]` }];
    return sendUnderToken(
      this.tokens,
      { account, targets },
      () => this.grant(account, signal),
      async (token) => {
        const form = new URLSearchParams({ auth_token: token, ...words });
        const reply = await this.post(account, path, form.toString(), signal);
        return reply.answered ? readAnswer(reply, targets, this.clock.now()) : forAll(targets, judgeNoAnswer(reply));
      },
    );
  }

  private async grant(account: VendorAccountConfig, signal: AbortSignal): Promise<GrantAnswer> {
    const now = this.clock.now();
    const settings = account.settings as unknown as OppoSettings;
    return readToken(await this.post(account, AUTH_PATH, grantForm(settings, now), signal), signal, now);
  }

  private post(account: VendorAccountConfig, path: string, body: string, signal: AbortSignal): Promise<HttpReply> {
    const { baseUrl } = account.settings as unknown as OppoSettings;
    return this.http.call(account, { url: `${baseUrl}${path}`, headers: { 'content-type': FORM_TYPE }, body, signal });
  }
}

/** As many messages as make a form that is not too large, when all are as long as the longest. */
function batchSize(json: Messages['json']): number {
  let longest = 1;
  for (const message of json.values()) longest = Math.max(longest, encodeURIComponent(message).length);
  return Math.max(1, Math.min(OPPO.capabilities.requestSize, Math.floor(LARGEST_FORM / longest)));
}
