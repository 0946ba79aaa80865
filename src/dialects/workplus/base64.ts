const ALPHABET = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The bytes of base64, of either alphabet, perhaps in lines or as a data URL; undefined for anything else. */
export function readBase64(text: string): Buffer | undefined {
  const digits = text.replace(/^\s*data:[^,]{0,200};base64,/i, '').replace(/\s+/g, '');
  if (!ALPHABET.test(digits) || digits.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Buffer.from(digits, 'base64');
}
