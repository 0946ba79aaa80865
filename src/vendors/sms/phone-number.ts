/** A mobile number of mainland China in any of its usual spellings. */
const MAINLAND_MOBILE = /^(?:\+86|0086|86)?(1[3-9]\d{9})$/;

export interface PhoneNumber {
  /** Of mainland China; to its SMS vendors all others are foreign, those of Hong Kong, Macau and Taiwan as well. */
  mainland: boolean;
  /** Country code and number, without a sign: `8613812345678`. */
  digits: string;
}

/** Reads an address: eleven digits that begin like a mobile number of the mainland are one, unless a `+` or `00` leads elsewhere. */
export function readPhoneNumber(address: string): PhoneNumber {
  const national = MAINLAND_MOBILE.exec(address)?.[1];
  const digits = national === undefined ? bare(address) : `86${national}`;
  return { mainland: digits.startsWith('86'), digits };
}

/** Whether these digits alone would be taken for a mobile number of the mainland. */
export const readsAsMainland = (digits: string): boolean => MAINLAND_MOBILE.test(digits);

/** All spellings of the address that a vendor's report may mean: it writes numbers as it likes, not as they were sent to it. */
export function spellingsOf(phone: string): string[] {
  const { mainland, digits } = readPhoneNumber(phone);
  // Eleven bare digits may also be a North American number, whose country code is 1.
  return [...new Set([...(mainland ? [digits.slice(2)] : []), ...signed(digits), ...signed(bare(phone))])];
}

const bare = (phone: string): string => phone.replace(/^(?:\+|00)/, '');

const signed = (digits: string): string[] => [digits, `+${digits}`, `00${digits}`];
