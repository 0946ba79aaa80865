/**
 * Country code and number of an address, digits only. Without + or 00 in front it is a number of `countryCode`: with that code where it is
 * too long to be without, otherwise perhaps with a 0 that is left out abroad.
 */
export function internationalDigits(address: string, countryCode: string): string {
  const abroad = /^(?:\+|00)(.*)$/.exec(address)?.[1];
  if (abroad !== undefined) return abroad;
  // Codes of one digit are those of North America and of Russia and Kazakhstan, whose numbers have ten.
  const longest = countryCode.length === 1 ? 10 : 11;
  if (address.startsWith(countryCode) && address.length > longest) return address;
  return `${countryCode}${address.replace(/^0/, '')}`;
}
