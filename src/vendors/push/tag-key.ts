import type { VendorSetting } from '../vendor.js';

/** For vendors that tell nobody whether a push arrived: what lets the app say so. */
export const TAG_KEY: VendorSetting = {
  name: 'tagKey',
  type: 'string',
  description:
    'Name under which the data of a push carry the tag of its message. With it and its own token the app can confirm the push, and your ' +
    'server hand that in as a receipt; left out, no push carries it.',
  min: 1,
  max: 64,
  example: 'tidings',
};
