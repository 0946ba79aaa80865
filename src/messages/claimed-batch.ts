/** A batch under this process's lease. */
export interface ClaimedBatch {
  id: string;
  messageId: string;
  channelId: number;
  vendorAccountId: number;
  attempt: number;
  priority: number;
  endpointIds: string[];
  /** An earlier lease ran out: somebody was at it before and may have reached the vendor. */
  reclaimed: boolean;
  messageState: string;
  expiresAt: Date | null;
  plannedAt: Date | null;
}

/** An endpoint as the dispatcher loads it. */
export interface BatchEndpoint {
  id: string;
  address: string;
  active: boolean;
  reason: string | null;
  recipientId: string | null;
  locale: string | null;
  code: string | null;
  name: string | null;
  attributes: Record<string, unknown> | null;
}

/** What is written of one endpoint. */
export interface EndpointRecord {
  batchId: string;
  endpointId: string;
  recipientId: string | null;
  state: 'retrying' | 'sent' | 'delivered' | 'failed' | 'unknown';
  reason: string | null;
  vendorReference: string | null;
  /** JSON of the person's own words, where they are the person's own. */
  content: string | null;
}

/** Endpoints of a batch that go on: later, or through another account. */
export interface FollowUp {
  batchId: string;
  vendorAccountId: number;
  attempt: number;
  readyAt: Date;
  endpointIds: string[];
}

/** All that one claim leads to. */
export interface BatchResult {
  records: EndpointRecord[];
  followUps: FollowUp[];
  /** Addresses that a vendor declared dead. */
  gone: { endpointId: string; code: string }[];
}
