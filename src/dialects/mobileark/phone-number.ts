/** The document's pattern, read as it is meant: `\\` as `\`, and no `|` among the digits. Every region is followed by a mainland number. */
const MOBILE = /^(?:(?:\+|00)?(86|852|853|886))?(1[3-9]\d{9})$/;

/** Mobile numbers as they are in Hong Kong, Macau and Taiwan; the document's pattern takes none of them. */
const REGIONAL = /^(?:\+|00)?(?:(852)([4-9]\d{7})|(853)(6\d{7})|(886)0?(9\d{8}))$/;

/**
 * The one spelling of a phone number, so that a person written in two ways gets one message: a mainland number bare, one with another
 * region as `+852…`. Undefined for what is none.
 */
export function readPhoneNumber(text: string, allowRegional: boolean): string | undefined {
  const [, region, number] = MOBILE.exec(text) ?? [];
  if (number !== undefined) return region === undefined || region === '86' ? number : `+${region}${number}`;
  const regional = allowRegional ? REGIONAL.exec(text) : null;
  return regional === null
    ? undefined
    : `+${regional
        .slice(1)
        .filter((group) => group !== undefined)
        .join('')}`;
}
