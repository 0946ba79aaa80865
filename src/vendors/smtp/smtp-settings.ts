import { createPrivateKey } from 'node:crypto';
import type { FieldError } from '../../common/problem.js';

/** An account's settings, with their types; what each means is in the definition. */
export interface SmtpSettings {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  ignoreTLS: boolean;
  tlsRejectUnauthorized: boolean;
  user?: string;
  password?: string;
  from: string;
  replyTo?: string;
  envelopeFrom?: string;
  /** Absent in accounts that are older than it: true. */
  dsn?: boolean;
  bounceSecret?: string;
  unsubscribeUrl?: string;
  clientName?: string;
  maxConnections: number;
  dkimDomain?: string;
  dkimSelector?: string;
  dkimPrivateKey?: string;
}

/** Whether mail can be addressed to it: one local part and one domain. Quoted local parts and IP domains are not taken. */
export function isAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address);
}

/** The address in `Example Ltd <news@example.com>`. */
export const bareAddress = (text: string): string => /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();

/** Of `from`. */
export const senderProblem = (value: unknown): string | undefined =>
  isAddress(bareAddress(String(value))) ? undefined : 'must hold an e-mail address, such as News <news@example.com>';

/** Of `envelopeFrom`. */
export const envelopeProblem = (value: unknown): string | undefined =>
  senderProblem(String(value).replaceAll('{reference}', 'r'));

export const unsubscribeProblem = (value: unknown): string | undefined =>
  /^https:\/\/[^\s<>]+$/.test(String(value)) ? undefined : 'must be an https address';

const FEWEST_KEY_BITS = 1024;

/** nodemailer would send without a signature, or with one that nobody can check, and say nothing. */
export function dkimKeyProblem(value: unknown): string | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(String(value));
    if (asymmetricKeyType !== 'rsa') return `must be an RSA key; this one is ${asymmetricKeyType}`;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < FEWEST_KEY_BITS ? `must have at least ${FEWEST_KEY_BITS} bits; this one has ${bits}` : undefined;
  } catch (error) {
    return `must be an RSA private key in PEM without a passphrase: ${(error as Error).message}`;
  }
}

const DKIM = ['dkimDomain', 'dkimSelector', 'dkimPrivateKey'] as const;

/** DKIM needs its three settings together. */
export function checkDkim(settings: Readonly<Record<string, unknown>>): FieldError[] {
  const missing = DKIM.filter((name) => !settings[name]);
  if (missing.length === DKIM.length) return [];
  const given = DKIM.filter((name) => settings[name]);
  return missing.map((name) => ({ path: `settings.${name}`, message: `is required with ${given.join(' and ')}` }));
}
