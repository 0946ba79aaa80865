import type { Behaviour } from '../support/counting-vendor-faults.js';

/** What `--json` writes. */
export interface ChaosReport {
  seed: number;
  /** Processes of Tidings ended with SIGKILL. */
  kills: number;
  /** Delivery records of all messages. */
  deliveries: number;
  /** Planned deliveries without a record, and records of a success that the vendor knows nothing of. */
  lost: number;
  /** Acceptances by the vendor beyond the first. */
  repeated: number;
  /** Deliveries left unknown, on the channel that must not send twice. */
  unknown: number;
  breaches: string[];
}

/** The trouble that was made, apart from single kills. */
export interface Troubles {
  /** Kills by how many workers there were at the time. */
  killsByCrew: Record<number, number>;
  apiKills: number;
  /** All workers at once. */
  powerCuts: number;
  /** Messages that were being planned at a death. */
  plansCut: number;
  restarts: { fast: number; immediate: number };
  /** The database was away for longer than a lease. */
  outages: number;
  vendorDeaths: number;
}

/** Figures beyond the report; times in milliseconds. */
export interface ChaosFigures {
  messages: number;
  troubles: Troubles;
  /** How the vendor answered, in calls. */
  faults: Partial<Record<Behaviour, number>>;
  urgent: {
    /** Those that nothing met on their way. */
    quiet: { count: number; p50: number; p99: number; worst: number };
    /** Those whose holder died. */
    held: { count: number; worst: number };
    /** Those accepted while nobody could send. */
    waiting: { count: number; worst: number };
  };
  /** How much slower than an idle machine this one was. */
  slowness: { median: number; worst: number };
  /** Lines of the workers' logs. */
  warnings: { renewalsFailed: number; recordsWaited: number };
  memory: {
    /** How many worker processes were measured. */
    processes: number;
    /** MiB, of the largest. */
    peak: number;
  };
}
