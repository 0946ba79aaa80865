import type { VendorCapabilities } from '../../vendors/vendor.js';

/** What an account may send at most. The unit is its vendor's `paceUnit`: requests or recipients. */
export interface Pace {
  perSecond: number | null;
  perDay: number | null;
  /** IANA time zone whose midnight begins the day of `perDay`. */
  timeZone: string;
  /** Share of `perSecond` that urgent messages get at once, however much else is waiting. */
  urgentShare: number;
}

export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';
export const DEFAULT_URGENT_SHARE = 0.2;

type Measure = Pick<VendorCapabilities, 'requestSize' | 'paceUnit'>;

/** How many targets one unit of a limit carries: a recipient, or a request with as many as the vendor takes. */
export const targetsPerUnit = ({ requestSize, paceUnit }: Measure): number =>
  paceUnit === 'requests' ? requestSize : 1;

/** Most targets in one call: what the vendor takes, and no more than a second's worth of its limit. */
export function largestCall(capabilities: Measure & Pick<VendorCapabilities, 'batchSize'>, pace: Pace | null): number {
  const { batchSize } = capabilities;
  if (pace === null || pace.perSecond === null) return batchSize;
  return Math.min(batchSize, Math.max(1, Math.floor(pace.perSecond)) * targetsPerUnit(capabilities));
}
