import type { Content } from '../../channels/channel-kind.js';
import { internationalDigits } from '../sms/international-digits.js';
import type { Outcome, VendorRequest, VendorTarget } from '../vendor.js';
import { clampTtl } from '../push/push-words.js';
import { TWILIO } from './definition.js';

export interface TwilioSettings {
  accountSid: string;
  authToken?: string;
  apiKeySid?: string;
  apiKeySecret?: string;
  from?: string;
  messagingServiceSid?: string;
  countryCode?: string;
  baseUrl: string;
  connections: number;
}

const LONGEST_TEXT = 1600;
const E164 = /^\+[1-9]\d{4,14}$/;
const NO_NUMBER = {
  code: 'not-a-number',
  detail: 'Not 5 to 15 digits after + and a country code; the setting countryCode gives those without + one.',
};
/** Twilio's ids of templates; those of other vendors on the same route look otherwise. */
const CONTENT_SID = /^HX[0-9a-fA-F]{32}$/;

/**
 * The form of one message. Of a template of Twilio's the id and the values go out, and neither text nor sign; otherwise the text, with
 * the sign in front of it as `textOf` writes it. A text is never cut.
 */
export function requestForm(
  { account, receiptUrl, expiresAt }: Pick<VendorRequest, 'account' | 'receiptUrl' | 'expiresAt'>,
  content: Content,
  { address, reference }: VendorTarget,
  now: Date,
): { form: URLSearchParams } | { refused: Outcome } {
  const settings = account.settings as unknown as TwilioSettings;
  const to = toE164(address, settings.countryCode);
  if (to === undefined) return { refused: { status: 'rejected', ...NO_NUMBER } };
  const words = wordsOf(content);
  if ('refused' in words) return words;
  const seconds = expiresAt === undefined ? undefined : Math.round((expiresAt.getTime() - now.getTime()) / 1000);
  const validity = clampTtl(seconds, TWILIO.capabilities.ttl ?? { min: 1, max: 1 });
  const fields: Record<string, string | number | undefined> = {
    To: to,
    From: settings.from,
    MessagingServiceSid: settings.messagingServiceSid,
    ...words.fields,
    // Without the auth token nobody could tell whether a receipt is Twilio's.
    StatusCallback: settings.authToken === undefined ? undefined : receiptUrlOf(receiptUrl, reference),
    ValidityPeriod: validity,
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, String(value));
  return { form };
}

/** The number as Twilio wants it; undefined when it cannot be one, or when nobody knows its country. */
export function toE164(address: string, countryCode: string | undefined): string | undefined {
  if (countryCode === undefined && !/^(?:\+|00)/.test(address)) return undefined;
  const number = `+${internationalDigits(address, countryCode ?? '')}`;
  return E164.test(number) ? number : undefined;
}

/**
 * `[sign] text` where all of it is ASCII, as an SMS of 7-bit characters holds 160 of them and any other only 70; otherwise `【sign】text`,
 * as operators in China demand it.
 */
export function textOf({ sign, text = '' }: Content): string {
  if (sign === undefined || sign === '') return text;
  return /^\p{ASCII}*$/u.test(sign + text) ? `[${sign}] ${text}` : `【${sign}】${text}`;
}

function wordsOf(content: Content): { fields: Record<string, string> } | { refused: Outcome } {
  const { vendorTemplate, text } = content;
  if (vendorTemplate !== undefined && CONTENT_SID.test(vendorTemplate.id))
    return { fields: { ContentSid: vendorTemplate.id, ContentVariables: JSON.stringify(vendorTemplate.params) } };
  if (text === undefined) {
    const detail = 'There is no text, and the template is none of Twilio, whose ids are HX and 32 hexadecimal digits.';
    return { refused: { status: 'rejected', code: 'no-words', detail } };
  }
  const body = textOf(content);
  if (body.length <= LONGEST_TEXT) return { fields: { Body: body } };
  const code = `text-too-long: ${body.length} of ${LONGEST_TEXT} characters`;
  const detail = `The text with its sign has ${body.length} characters; Twilio takes ${LONGEST_TEXT}.`;
  return { refused: { status: 'rejected', code, detail } };
}

/** The receipt comes back with our own reference, whatever else it says. */
function receiptUrlOf(url: string | undefined, reference: string): string | undefined {
  return url && `${url}${url.includes('?') ? '&' : '?'}reference=${encodeURIComponent(reference)}`;
}
