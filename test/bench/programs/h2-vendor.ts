import { programArgument, tellParent } from '../../support/child-program.js';
import { ApnsSimulator } from '../../support/vendors/apns/apns-simulator.js';
import { FcmSimulator } from '../../support/vendors/fcm/fcm-simulator.js';

export interface H2VendorArgument {
  vendor: 'apns' | 'fcm';
  /** Streams at once on one session. */
  streams: number;
}

/** Settings of an account with the simulator. */
export type H2VendorReady = Record<string, unknown>;

/** A vendor over HTTP/2 in a process of its own. */
const { vendor, streams } = programArgument() as H2VendorArgument;
const simulator = await new (vendor === 'apns' ? ApnsSimulator : FcmSimulator)({ streams, kept: 1 }).start();
tellParent(simulator.settings);
