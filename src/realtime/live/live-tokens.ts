import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../access/secret-box.js';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';

/** What a token says, and nobody can make it say something else. */
export interface LiveClaims {
  organisationId: number;
  /** Whose messages are shown; null: everybody's. */
  applicationId: number | null;
  recipientId: string;
  /** The device's own id; null for a connection that is no device, such as a page. */
  device: string | null;
  platform: string;
  expiresAt: Date;
}

type Payload = [
  organisationId: number,
  applicationId: number | null,
  recipientId: string,
  device: string | null,
  platform: string,
  expires: number,
];

const PREFIX = 'tl1';
const LONGEST = 2_000;
/** 43 characters are 32 bytes. */
const SHAPE = /^(tl1\.([\w-]+))\.([\w-]{43})$/;
const PURPOSE = 'tidings live tokens 1';

/** The token is none of ours, or was changed. */
const invalid = (): Problem => new Problem(401, 'token_invalid', 'This is not a live token of this installation.');

/**
 * Makes and checks the tokens that people connect with. They are signed and not stored: any process with the same SECRETS_KEY can
 * check them, and only their expiry, or switching off the person, application or organisation, ends them.
 */
@Injectable()
export class LiveTokens {
  private readonly key: Buffer;

  constructor(
    secretBox: SecretBox,
    private readonly clock: Clock,
  ) {
    this.key = secretBox.derive(PURPOSE);
  }

  issue({ organisationId, applicationId, recipientId, device, platform, expiresAt }: LiveClaims): string {
    const payload: Payload = [organisationId, applicationId, recipientId, device, platform, expiresAt.getTime()];
    const signed = `${PREFIX}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
    return `${signed}.${this.sign(signed).toString('base64url')}`;
  }

  /** @throws Problem `token_invalid`, `token_expired` */
  read(token: unknown): LiveClaims {
    const [, signed = '', payload = '', signature = ''] =
      typeof token === 'string' && token.length <= LONGEST ? (SHAPE.exec(token) ?? []) : [];
    if (signed === '' || !timingSafeEqual(Buffer.from(signature, 'base64url'), this.sign(signed))) throw invalid();
    const text = Buffer.from(payload, 'base64url').toString();
    const [organisationId, applicationId, recipientId, device, platform, expires] = JSON.parse(text) as Payload;
    if (expires <= this.clock.now().getTime())
      throw new Problem(401, 'token_expired', 'This live token has expired; ask for another one.');
    return { organisationId, applicationId, recipientId, device, platform, expiresAt: new Date(expires) };
  }

  private sign(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
