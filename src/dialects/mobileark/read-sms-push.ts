import { BusinessParameters } from './business-parameters.js';
import type { MobilearkSettings } from './mobileark-settings.js';
import type { Parameters } from './parameters.js';
import { readPhoneNumber } from './phone-number.js';
import { readStringList } from './string-list.js';

export interface SmsPush {
  phoneNumbers: string[];
  content: string;
}

const LONGEST_CONTENT = 500;
/** The document says commas; a Chinese keyboard's comma and the semicolon are what callers send besides. */
const DIVIDER = /[,，;]/;

/**
 * 短信发送接口. One wrong number refuses the call: the reply has no place for a part that failed.
 * @throws MobilearkError 1032 or 1033
 */
export function readSmsPush(parameters: Parameters, settings: MobilearkSettings): SmsPush {
  const read = new BusinessParameters(parameters);
  const phoneNumbers = readPhoneNumbers(read, settings);
  const content = read.required('content', LONGEST_CONTENT);
  read.check();
  return { phoneNumbers, content };
}

function readPhoneNumbers(read: BusinessParameters, { limits, allowRegionalNumbers }: MobilearkSettings): string[] {
  const given = read.raw('phoneNumbers');
  if (given === undefined) {
    read.require('phoneNumbers');
    return [];
  }
  const numbers = readStringList(given, DIVIDER).map((text) => readPhoneNumber(text, allowRegionalNumbers));
  const right = new Set(numbers.filter((number) => number !== undefined));
  if (right.size === 0 || right.size > limits.phones || numbers.includes(undefined)) read.reject('phoneNumbers');
  return [...right];
}
