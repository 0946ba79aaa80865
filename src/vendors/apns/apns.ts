import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { pushWords } from '../push/push-words.js';
import { type MakeRequest, sendOneByOne } from '../transport/h2-one-by-one.js';
import { h2Peer } from '../transport/h2-peer.js';
import { H2Pool } from '../transport/h2-pool.js';
import { readTrial, trialRequest } from '../transport/h2-trial.js';
import { judge } from '../transport/judgement.js';
import type { TokenAnswer } from '../transport/token-cache.js';
import type { Outcome, SendResult, Vendor, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { adviceOn } from './codes.js';
import { type ApnsSettings, connectionCredential, signingKey } from './credentials.js';
import { APNS } from './definition.js';
import { ProviderTokens } from './provider-tokens.js';
import { type PushMessage, pushMessage } from './push-message.js';
import { readAnswer } from './read-answer.js';

const DEVICE_TOKEN = /^(?:[0-9a-f]{2}){1,100}$/i;
const NO_TOKEN: Outcome = { status: 'address-gone', code: 'BadDeviceToken', detail: 'A device token is hexadecimal.' };
const AGED = 'ExpiredProviderToken';
/** No device has it, so that a push to it reaches nobody. */
const NO_DEVICE = '0'.repeat(64);

/** Pushes to Apple devices: one request for each, many at once on few HTTP/2 sessions. */
@Injectable()
export class ApnsVendor implements Vendor {
  readonly definition = APNS;
  private readonly pool: H2Pool;
  private readonly tokens: ProviderTokens;

  constructor(private readonly clock: Clock) {
    this.pool = new H2Pool(clock);
    this.tokens = new ProviderTokens(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    const { account, content, priority } = request;
    const settings = account.settings as unknown as ApnsSettings;
    const now = this.clock.now();
    const { peer, path } = h2Peer(account, settings.baseUrl, connectionCredential(settings));
    const messageOf = (words: Content): ReturnType<typeof pushMessage> =>
      pushMessage(pushWords(request, words, APNS.code, now), priority, settings, now);
    const shared = messageOf(content);
    return sendOneByOne(request, {
      pool: this.pool,
      peer,
      scheme: 'bearer',
      token: (aged) => Promise.resolve(this.tokenOf(settings, aged)),
      prepare: ({ reference, address, content: own }) => {
        const message = own === undefined ? shared : messageOf(own);
        if ('refused' in message) return message.refused;
        return DEVICE_TOKEN.test(address) ? requestMaker(message, `${path}/3/device/${address}`, reference) : NO_TOKEN;
      },
      read: (reply) => readAnswer(reply, now),
    });
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const result = await this.send(trialRequest(account, NO_DEVICE, this.clock.now(), signal));
    return readTrial(result, 'APNs', signingKey(account.settings as unknown as ApnsSettings) ? 'key' : 'certificate');
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Nothing where the account signs in with a certificate. */
  private tokenOf(settings: ApnsSettings, aged: string | undefined): TokenAnswer {
    const key = signingKey(settings);
    if (key === undefined) return { token: '' };
    const token = aged === undefined ? this.tokens.of(key) : this.tokens.instead(key, aged);
    return token === undefined ? { refused: judge('token-expired', AGED, adviceOn(AGED) ?? AGED) } : { token };
  }
}

/** Written out name by name: to spread an object costs as much as a tenth of the whole request. */
function requestMaker(message: PushMessage, path: string, reference: string): MakeRequest {
  return (authorization) => ({
    headers: {
      ':method': 'POST',
      ':path': path,
      authorization,
      'apns-id': apnsId(reference),
      'apns-topic': message.topic,
      'apns-push-type': message.type,
      'apns-priority': message.priority,
      'apns-expiration': message.expiration,
      'apns-collapse-id': message.collapseId,
    },
    body: message.body,
  });
}

/** A UUID (version 8), the same for the same delivery. */
function apnsId(reference: string): string {
  const hex = hash('sha256', reference);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
