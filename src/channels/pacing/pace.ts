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

/** Most targets in one call: what the vendor takes and, where its limit counts recipients, no more than a second's worth. */
export function largestCall({ batchSize, paceUnit }: VendorCapabilities, pace: Pace | null): number {
  if (paceUnit === 'requests' || pace === null || pace.perSecond === null) return batchSize;
  return Math.min(batchSize, Math.max(1, Math.floor(pace.perSecond)));
}
