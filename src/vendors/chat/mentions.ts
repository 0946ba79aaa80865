import type { VendorTarget } from '../vendor.js';

/** Who is mentioned in a post. */
export interface Mentions {
  all: boolean;
  mobiles: readonly string[];
  /** The vendor's own ids of people. */
  ids: readonly string[];
}

/** Those who can be mentioned, and the targets who cannot. */
interface Mentioned {
  mentions: Mentions;
  unfit: ReadonlySet<VendorTarget>;
}

/** How a vendor mentions the person of an address; undefined: not at all. */
export type ReadPerson = (address: string) => { mobile: string } | { id: string } | undefined;

/** As in China, or with the code of its country: other digits are somebody's id, such as the number of an employee. */
const MOBILE = /^(?:1[3-9]\d{9}|\+\d{7,15})$/;
/** In China, mobile numbers stand without the country's code in the directories of the vendors. */
const CODE_OF_CHINA = /^\+86(?=1[3-9]\d{9}$)/;
const USER_ID = /^[a-z0-9][\w.@-]{0,63}$/i;

/** Whether it can be somebody's id with DingTalk, WeCom or Feishu, which have the same rule. */
export const isUserId = (address: string): boolean => USER_ID.test(address);

/** For vendors that know people by their ids alone. */
export const byId: ReadPerson = (address) => (isUserId(address) && !MOBILE.test(address) ? { id: address } : undefined);

/** For vendors that know people by their mobile numbers as well. */
export const byMobileOrId: ReadPerson = (address) =>
  MOBILE.test(address) ? { mobile: address.replace(CODE_OF_CHINA, '') } : byId(address);

/** Reads the addresses of a group's targets: `group` mentions nobody, `all` everybody, anything else the person that it names. */
export function mentionsOf(targets: readonly VendorTarget[], personOf: ReadPerson): Mentioned {
  let all = false;
  const mobiles = new Set<string>();
  const ids = new Set<string>();
  const unfit = new Set<VendorTarget>();
  for (const target of targets) {
    const { address } = target;
    if (address === 'all') all = true;
    if (address === 'all' || address === 'group') continue;
    const person = personOf(address);
    if (person === undefined) unfit.add(target);
    else if ('mobile' in person) mobiles.add(person.mobile);
    else ids.add(person.id);
  }
  return { mentions: { all, mobiles: [...mobiles], ids: [...ids] }, unfit };
}
