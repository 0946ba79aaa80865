import type { Endpoint } from '../../recipients/endpoint.entity.js';
import { DEVICE_KINDS } from '../device-kinds.js';
import type { ResolvedDevices } from '../resolved-message.js';

/** Why an audience's `devices` leaves a device out. */
export type LeftOut = 'platform-filtered' | 'not-latest-device';

/** What the choice looks at. */
export type Device = Pick<Endpoint, 'id' | 'kind' | 'vendor' | 'environment' | 'platform' | 'status' | 'updatedAt'>;

/**
 * Which of a person's endpoints on one channel get nothing because of the choice of devices, by id, as the planner chooses.
 * `isRouted`: some enabled vendor account of the channel takes the device.
 */
export function leftOutDevices(
  choice: ResolvedDevices | undefined,
  endpoints: readonly Device[],
  isRouted: (device: Device) => boolean,
): ReadonlyMap<string, LeftOut> {
  const leftOut = new Map<string, LeftOut>();
  if (choice === undefined) return leftOut;
  const devices = endpoints.filter(({ kind }) => DEVICE_KINDS.includes(kind));
  const { platforms, latestOnly } = choice;
  for (const { id, platform } of devices) {
    if (platforms?.includes(platform.toLowerCase()) === false) leftOut.set(id, 'platform-filtered');
  }
  if (!latestOnly) return leftOut;
  const [, ...earlier] = devices
    .filter((device) => !leftOut.has(device.id) && device.status === 'active' && isRouted(device))
    .sort(lastFirst);
  for (const { id } of earlier) leftOut.set(id, 'not-latest-device');
  return leftOut;
}

const lastFirst = (left: Device, right: Device): number =>
  right.updatedAt.getTime() - left.updatedAt.getTime() || (BigInt(right.id) > BigInt(left.id) ? 1 : -1);
