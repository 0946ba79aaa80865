import type { VendorSetting } from '../vendor.js';

/** The setting of vendors whose signatures cover the host name; `usual` is an example. */
export const signHostSetting = (usual: string): VendorSetting => ({
  name: 'signHost',
  type: 'string',
  description:
    "Host name that requests are signed for, where baseUrl is a proxy's, which must pass them on under this name. Default: the host " +
    'of baseUrl.',
  check: (value) =>
    /^[a-z0-9.-]+(?::\d+)?$/i.test(String(value)) ? undefined : 'must be a host name, perhaps with a port',
  example: usual,
});

/** The host name to sign for. */
export const signHostOf = ({ baseUrl, signHost }: { baseUrl: string; signHost?: string }): string =>
  signHost ?? new URL(baseUrl).host;
