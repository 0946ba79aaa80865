import { internationalDigits } from '../sms/international-digits.js';

export const PHONE_STYLES = ['national', 'digits', 'e164'] as const;

/** How a gateway writes phone numbers. */
export interface Numbering {
  /** Of numbers that are written without one. */
  countryCode: string;
  /** `national`: those of its country bare, others with 00; `digits`: country code and number; `e164`: the same after +. */
  style: (typeof PHONE_STYLES)[number];
}

/** The number as it is written to the gateway. */
export function written(address: string, { countryCode, style }: Numbering): string {
  const digits = internationalDigits(address, countryCode);
  if (style === 'e164') return `+${digits}`;
  if (style === 'digits') return digits;
  return digits.startsWith(countryCode) ? digits.slice(countryCode.length) : `00${digits}`;
}

/** Country code and number of what the gateway wrote: as it is written to, or in another usual way. Undefined for what is no number. */
export function digitsRead(phone: string, { countryCode, style }: Numbering): string | undefined {
  if (!/^\+?\d{5,20}$/.test(phone)) return undefined;
  return style === 'digits' && !/^(?:\+|00)/.test(phone) ? phone : internationalDigits(phone, countryCode);
}

/** Every way in which an address with these digits may be spelled in Tidings. */
export function spellings(digits: string, countryCode: string): string[] {
  const national = digits.startsWith(countryCode) ? [digits.slice(countryCode.length)] : [];
  return [...national, digits, `+${digits}`, `00${digits}`];
}
