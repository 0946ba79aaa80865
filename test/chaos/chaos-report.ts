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

/** Figures beyond the report. */
export interface ChaosFigures {
  messages: number;
  urgent: { count: number; p50: number; p99: number; worst: number; disturbed: number; worstDisturbed: number };
  /** MiB. */
  peakMemory: number;
  powerCuts: number;
  databaseRestarts: number;
  vendorDeaths: number;
}
