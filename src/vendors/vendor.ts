import type { ChannelKind, Content } from '../channels/channel-kind.js';

/** One setting of a vendor account: what a person must fill in, and how it is kept. */
export interface VendorSetting {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  /** One sentence for the person who fills it in: what, unit, shape. */
  description: string;
  required?: boolean;
  /** Encrypted at rest, never returned, never logged. */
  sensitive?: boolean;
  default?: unknown;
  example?: unknown;
}

/** What the vendor can do; the planner sizes batches by it and the documentation prints it. */
export interface VendorCapabilities {
  /** Most targets in one `send` call. */
  batchSize: number;
  /** Most `send` calls to one account at once from one process; more wait in line, before their deadline begins. */
  concurrency: number;
  /** Later receipts (delivered, read) can arrive. */
  receipts: boolean;
  /** Acceptance is delivery: nothing later will say more. */
  acceptanceIsDelivery: boolean;
  badge: boolean;
  collapse: boolean;
  ttl: boolean;
  /** What a rate limit counts. */
  paceUnit: 'requests' | 'recipients';
}

export interface VendorDefinition {
  /** Lower-case code, used in accounts and in the URL: `smtp`. */
  code: string;
  name: string;
  kind: ChannelKind | 'any';
  settings: readonly VendorSetting[];
  capabilities: VendorCapabilities;
}

/** One organisation's account with the vendor, its settings complete: defaults applied, secrets decrypted. */
export interface VendorAccountConfig {
  id: number;
  organisationId: number;
  code: string;
  settings: Readonly<Record<string, unknown>>;
}

/** One endpoint to reach. */
export interface VendorTarget {
  /** Tidings' own reference of this delivery, unique; vendors echo it in receipts where they can. At most 64 characters. */
  reference: string;
  /** Phone, e-mail address, device token, account … as the channel kind has it. */
  address: string;
  /** This person's own words, where the template uses the person; otherwise the request's `content` holds. */
  content?: Content;
}

export interface VendorRequest {
  account: VendorAccountConfig;
  /** The same words for every target without its own. */
  content: Content;
  /** 1 … `capabilities.batchSize`. */
  targets: readonly VendorTarget[];
  priority: 'low' | 'normal' | 'high';
  category: string;
  /** 1 for the first try of these targets on this account. */
  attempt: number;
  /** After this instant the message must not be shown; vendors with a TTL pass it on. */
  expiresAt?: Date;
  sender?: { code?: string; name?: string };
  /** The caller's extra options, as sent. */
  options: Readonly<Record<string, unknown>>;
  /** Aborted at the call's deadline, or when the process stops. */
  signal: AbortSignal;
}

/** What became of one target. */
export type Outcome =
  | { status: 'accepted'; vendorReference?: string }
  /** Final failure of this message for this target. */
  | { status: 'rejected'; code: string; detail?: string }
  /** Final, and the address itself is dead: the endpoint is quarantined. */
  | { status: 'address-gone'; code: string; detail?: string }
  /** Not reachable here now (offline, switched off, quota of the device): the route's next account is tried. */
  | { status: 'unreachable'; code: string; detail?: string }
  /** Not accepted, may be later. `afterSeconds` when the vendor said how long. */
  | { status: 'retry'; code: string; detail?: string; afterSeconds?: number }
  /** The request went out and its answer was lost: it may or may not have arrived. */
  | { status: 'unknown'; code: string; detail?: string };

/** A verdict on the account, not on its targets: they stay untouched and are tried again when the account works. */
export interface AccountVerdict {
  problem: 'credentials' | 'quota' | 'unreachable' | 'throttled';
  code: string;
  detail: string;
  /** How long to leave the account alone; the dispatcher chooses when absent. */
  afterSeconds?: number;
}

/**
 * Outcomes stand in the order of the request's targets, one each. With `account` set, the targets marked `retry` are not charged
 * with an attempt.
 */
export interface SendResult {
  outcomes: Outcome[];
  account?: AccountVerdict;
}

/** What a vendor or client says later of one delivery. */
export interface Receipt {
  /** The reference given in `VendorTarget.reference`. */
  reference: string;
  status: 'delivered' | 'read' | 'failed' | 'address-gone';
  code?: string;
  at: Date;
}

export interface VerifyResult {
  ok: boolean;
  /** What was tried and what came of it, for a person. */
  detail: string;
}

/**
 * An adapter to one outside service. Stateless but for connections: it knows no message, no table and no organisation's rules.
 * It returns outcomes and throws only for bugs.
 *
 * @example
 * export class CarrierPigeon implements Vendor {
 *   readonly definition = CARRIER_PIGEON;
 *   async send({ account, content, targets, signal }: VendorRequest): Promise<SendResult> {
 *     const answers = await fly(account.settings.loft, content.text, targets, signal);
 *     return { outcomes: answers.map((answer) => CODES[answer] ?? { status: 'retry', code: answer }) };
 *   }
 *   async verify() { return { ok: true, detail: 'The loft answers.' }; }
 * }
 */
export interface Vendor {
  readonly definition: VendorDefinition;
  send(request: VendorRequest): Promise<SendResult>;
  /** Checks the account without a message reaching anybody. */
  verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult>;
  /** Closes connections. */
  close?(): Promise<void>;
}
