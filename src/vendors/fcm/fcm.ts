import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { type MakeRequest, sendOneByOne } from '../transport/h2-one-by-one.js';
import { h2Peer } from '../transport/h2-peer.js';
import { H2Pool } from '../transport/h2-pool.js';
import { readTrial, trialRequest } from '../transport/h2-trial.js';
import { type TokenAnswer, TokenCache } from '../transport/token-cache.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { readToken, tokenRequest } from './access-token.js';
import { FCM } from './definition.js';
import { type FcmSettings, type PushMessage, pushMessage } from './push-message.js';
import { readAnswer } from './read-answer.js';

/** No device has it, so that a push to it reaches nobody. */
const NO_DEVICE = 'tidings-verifies-this-account';

/** Pushes through Firebase: one request for each device, many at once on few HTTP/2 sessions. */
@Injectable()
export class FcmVendor implements Vendor {
  readonly definition = FCM;
  private readonly pushes: H2Pool;
  private readonly tokenCalls: H2Pool;
  private readonly tokens: TokenCache;

  constructor(private readonly clock: Clock) {
    this.pushes = new H2Pool(clock);
    this.tokenCalls = new H2Pool(clock);
    this.tokens = new TokenCache(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    return this.push(request, false);
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const result = await this.push(trialRequest(account, NO_DEVICE, this.clock.now(), signal), true);
    return readTrial(result, 'FCM', 'service account');
  }

  async close(): Promise<void> {
    await Promise.all([this.pushes.close(), this.tokenCalls.close()]);
  }

  private push(request: VendorRequest, validateOnly: boolean): Promise<SendResult> {
    const { account, content, priority, signal } = request;
    const settings = account.settings as unknown as FcmSettings;
    const { project_id: project, client_email: identity } = settings.serviceAccount;
    const now = this.clock.now();
    const { peer, path } = h2Peer(account, settings.baseUrl, { identity });
    const messageOf = (words: Content): ReturnType<typeof pushMessage> =>
      pushMessage(pushWords(request, words, FCM.code, now), { priority, validateOnly, settings, now });
    const shared = messageOf(content);
    const sendPath = `${path}/v1/projects/${project}/messages:send`;
    return sendOneByOne(request, {
      pool: this.pushes,
      peer,
      scheme: 'Bearer',
      token: (aged) => this.tokenOf(account, signal, aged),
      prepare: ({ address, content: own }) => {
        const message = own === undefined ? shared : messageOf(own);
        if ('refused' in message) return message.refused;
        return requestMaker(message, sendPath, address);
      },
      read: (reply) => readAnswer(reply, now),
    });
  }

  private async tokenOf(
    account: VendorAccountConfig,
    signal: AbortSignal,
    aged: string | undefined,
  ): Promise<TokenAnswer> {
    const { serviceAccount } = account.settings as unknown as FcmSettings;
    if (aged !== undefined) await this.tokens.drop(account, aged);
    return this.tokens.of(account, async () => {
      const { peer, path } = h2Peer(account, serviceAccount.token_uri, { identity: serviceAccount.client_email });
      const now = this.clock.now();
      const request = tokenRequest(serviceAccount, path, now);
      return readToken(await this.tokenCalls.call(account, peer, request, signal), signal, now);
    });
  }
}

/** Written out name by name: to spread an object costs as much as a tenth of the whole request. */
function requestMaker({ before, after }: PushMessage, path: string, address: string): MakeRequest {
  return (authorization) => ({
    headers: {
      ':method': 'POST',
      ':path': path,
      authorization,
      'content-type': 'application/json',
      'user-agent': 'Tidings',
    },
    body: before + JSON.stringify(address) + after,
  });
}
