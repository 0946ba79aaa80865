import { createPrivateKey } from 'node:crypto';

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
  unsubscribeUrl?: string;
  clientName?: string;
  maxConnections: number;
  dkimDomain?: string;
  dkimSelector?: string;
  dkimPrivateKey?: string;
}

/** The bare address in `Example Ltd <news@example.com>`. */
export function senderAddress({ from }: SmtpSettings): string {
  return /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from.trim();
}

/** What makes these settings unusable, for a person; types and required ones are checked before. */
export function settingsProblem(settings: SmtpSettings): string | undefined {
  if (!isAddress(senderAddress(settings))) return 'The setting from holds no e-mail address.';
  if (settings.maxConnections < 1) return 'The setting maxConnections must be at least 1.';
  if (settings.unsubscribeUrl && !/^https:\/\/[^\s<>]+$/.test(settings.unsubscribeUrl)) {
    return 'The setting unsubscribeUrl must be an https address.';
  }
  const { dkimDomain, dkimSelector, dkimPrivateKey } = settings;
  const dkim = [dkimDomain, dkimSelector, dkimPrivateKey].filter(Boolean);
  if (dkim.length === 0) return undefined;
  if (dkim.length < 3) return 'DKIM needs the settings dkimDomain, dkimSelector and dkimPrivateKey together.';
  try {
    createPrivateKey(dkimPrivateKey ?? '');
    return undefined;
  } catch {
    // nodemailer would send without a signature, and say nothing
    return 'The setting dkimPrivateKey is not a private key in PEM.';
  }
}

/** Whether mail can be addressed to it: one local part and one domain. Quoted local parts and IP domains are not taken. */
export function isAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address);
}
