/** A batch under this process's lease. */
export interface ClaimedBatch {
  id: string;
  messageId: string;
  channelId: number;
  vendorAccountId: number;
  attempt: number;
  priority: number;
  endpointIds: string[];
  /** It comes from the planner, which wrote whose its endpoints are; nothing was recorded of any of them before. */
  planned: boolean;
  /** An earlier lease ran out: somebody was at it before and may have reached the vendor. */
  reclaimed: boolean;
  messageState: string;
  expiresAt: Date | null;
  plannedAt: Date | null;
}

/** An endpoint as the dispatcher loads it. */
export interface BatchEndpoint {
  id: string;
  /** Device vendor that gave the address out; empty for phones and mailboxes. */
  vendor: string;
  environment: string;
  address: string;
  /** Why it may not be used; null when it may. */
  refused: string | null;
  recipientId: string | null;
  /** The person, where the message says something of them. */
  locale?: string | null;
  code?: string | null;
  name?: string | null;
  attributes?: Record<string, unknown> | null;
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

/** What is written of every endpoint of a batch, when all fared the same. */
export interface SharedRecord {
  batchId: string;
  state: EndpointRecord['state'];
  reason: string | null;
  vendorReference: string | null;
}

/** Endpoints of a batch that go on: later, or through another account. */
export interface FollowUp {
  batchId: string;
  vendorAccountId: number;
  attempt: number;
  readyAt: Date;
  endpointIds: string[];
}

/** Which delivery a vendor's own reference stands for. */
export interface AwaitedReceipt {
  vendorAccountId: number;
  vendorReference: string;
  messageId: string;
  channelId: number;
  endpointId: string;
}

/** All that one claim leads to. */
export interface BatchResult {
  shared: SharedRecord[];
  records: EndpointRecord[];
  followUps: FollowUp[];
  /** Addresses that a vendor declared dead; registered anew after `since`, they live again. */
  gone: { endpointId: string; code: string; since: Date | null }[];
  /** Deliveries whose receipts will bear nothing but the vendor's own reference. */
  awaited: AwaitedReceipt[];
}
