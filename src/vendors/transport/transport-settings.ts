import { urlProblem } from '../url-problem.js';
import type { VendorAccountConfig, VendorSetting } from '../vendor.js';

/** How an account's calls are made. */
interface TransportSettings {
  connections: number;
  timeoutSeconds: number;
  allowPrivateNetwork: boolean;
}

const USUAL: TransportSettings = { connections: 8, timeoutSeconds: 20, allowPrivateNetwork: false };

export const transportOf = ({ settings }: Pick<VendorAccountConfig, 'settings'>): TransportSettings => ({
  ...USUAL,
  ...(settings as Partial<TransportSettings>),
});

/** An address of the vendor, without the slash at its end. */
export function urlSetting(name: string, description: string, usual?: string): VendorSetting {
  return {
    name,
    type: 'string',
    description,
    check: urlProblem,
    ...(usual === undefined ? { required: true } : { default: usual }),
  };
}

/** The settings that every vendor over HTTP/1.1 has. */
export function transportSettings(usual: Partial<TransportSettings> = {}): VendorSetting[] {
  const { connections, timeoutSeconds, allowPrivateNetwork } = { ...USUAL, ...usual };
  return [
    {
      name: 'connections',
      type: 'integer',
      description: 'Most connections at once from one process, 1 to 256.',
      min: 1,
      max: 256,
      default: connections,
    },
    {
      name: 'timeoutSeconds',
      type: 'integer',
      description:
        'How long the whole answer may take, 1 to 30 seconds; after it nobody knows what became of the request.',
      min: 1,
      max: 30,
      default: timeoutSeconds,
    },
    {
      name: 'allowPrivateNetwork',
      type: 'boolean',
      description:
        'Also connect to addresses of this machine and of private networks (127.0.0.1, 10.x, 192.168.x, fd00:: …), where a ' +
        'gateway or a simulator stands beside Tidings.',
      default: allowPrivateNetwork,
    },
  ];
}
