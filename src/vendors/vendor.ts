import type { ChannelKind, Content } from '../channels/channel-kind.js';
import type { FieldError } from '../common/problem.js';

/** One value that somebody gives for a vendor: what it is and what it may be. */
export interface VendorField {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  /** One sentence for the person who fills it in: what, unit, shape. */
  description: string;
  /** The only values it takes. */
  values?: readonly (string | number)[];
  /** Least and most: of numbers their value, of strings their characters. */
  min?: number;
  max?: number;
  /** What is wrong with a value that has passed all of the above, to finish a sentence (`must be …`). */
  check?: (value: unknown) => string | undefined;
  default?: unknown;
  example?: unknown;
}

/** One setting of a vendor account: what a person must fill in, and how it is kept. */
export interface VendorSetting extends VendorField {
  required?: boolean;
  /** Encrypted at rest, never returned, never logged. */
  sensitive?: boolean;
}

/** What the vendor can do; the planner sizes batches by it and the documentation prints it. */
export interface VendorCapabilities {
  /** Most targets in one `send` call. */
  batchSize: number;
  /** Most targets in one request on the wire; for a larger batch the adapter makes several. */
  requestSize: number;
  /** Most `send` calls to one account at once from one process; more wait in line, before their deadline begins. */
  concurrency: number;
  /** Later receipts (delivered, read) can arrive. */
  receipts: boolean;
  /** Acceptance is delivery: nothing later will say more. */
  acceptanceIsDelivery: boolean;
  /** How the number on an app's icon can be changed: to a number, by a number. */
  badge: readonly ('set' | 'add')[];
  /** The vendor's name of the key by which a newer message takes the place of an older one; null: it cannot. */
  collapse: string | null;
  /** How long the vendor keeps a message for a device that is away, in seconds; null: no limit can be given. */
  ttl: { min: number; max: number } | null;
  /** What a rate limit counts. */
  paceUnit: 'requests' | 'recipients';
}

export interface VendorDefinition {
  /** Lower-case code, used in accounts and in the URL: `smtp`. */
  code: string;
  name: string;
  kind: ChannelKind | 'any';
  /** The device vendor (`endpoint.vendor`) whose devices it reaches; absent: any. A new account serves just these. */
  serves?: string;
  /** Its accounts take the devices of every environment. */
  everyEnvironment?: boolean;
  /** Its accounts take receipts in Tidings' own shape: it has no callbacks, and what it reaches can tell Tidings itself. */
  ownReceipts?: boolean;
  settings: readonly VendorSetting[];
  /** What is wrong with settings that are right one by one; paths as `settings.<name>`. */
  checkSettings?: (settings: Readonly<Record<string, unknown>>) => FieldError[];
  /** What a message, a template or a channel may ask of this vendor alone: `options.push.vendors.<code>`. */
  options?: readonly VendorField[];
  /** What is wrong with options that are right one by one, such as a category that its class does not have; paths are names. */
  checkOptions?: (options: Readonly<Record<string, unknown>>) => FieldError[];
  /** What the vendor bears of an ordinary account; a new account without a `pace` of its own is held to it. */
  usualPace?: { perSecond?: number; perDay?: number };
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
  /**
   * Tidings' own name of this message on this channel, at most 24 characters (digits, lower-case letters, one dash): vendors that take
   * one word for many targets echo it in receipts, where it names a delivery together with the address.
   */
  tag: string;
  /** Where this account's receipts are to be posted, at most 120 characters as a rule; absent unless PUBLIC_URL is set. */
  receiptUrl?: string;
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
  /** `echoesNothing`: its receipts will name it by `vendorReference` alone, which is therefore kept to be looked up. */
  | { status: 'accepted'; vendorReference?: string; echoesNothing?: boolean }
  /** Final failure of this message for this target. */
  | { status: 'rejected'; code: string; detail?: string }
  /** Final, and the address itself is dead: the endpoint is quarantined, unless it was registered anew after `since`. */
  | { status: 'address-gone'; code: string; detail?: string; since?: Date }
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

/**
 * The delivery that a receipt speaks of: by the reference of its target; by the tag of its request and the address, in each spelling
 * that the target's may have had; or, where a vendor echoes nothing, by the `vendorReference` of its outcome.
 */
export type ReceiptSubject =
  { reference: string } | { tag: string; addresses: readonly string[] } | { vendorReference: string };

/** What a vendor or client says later of one delivery. */
export type Receipt = ReceiptSubject & {
  status: 'delivered' | 'read' | 'failed' | 'address-gone';
  code?: string;
  at: Date;
};

/** A vendor's callback, as it came to the secret URL of an account. */
export interface ReceiptCall {
  account: VendorAccountConfig;
  /** The URL that was called, as the vendor knows it: what some of them sign. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
  /** The exact bytes, as UTF-8. */
  body: string;
  now: Date;
}

/** What is answered to the vendor: the words that it takes for success, or a refusal. */
export interface ReceiptAnswer {
  status: number;
  /** `application/json` unless told; nothing without a body. */
  contentType?: string;
  body?: string;
}

/** What a callback said. It is answered once the receipts are stored. */
export interface ReceiptReading {
  receipts: Receipt[];
  answer: ReceiptAnswer;
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
  /**
   * Reads a callback; pure. What cannot be read or is not signed as it should be gets a 4xx and no receipts; entries of kinds that
   * mean nothing here are passed over. Absent: there are no callbacks.
   */
  readReceipts?(call: ReceiptCall): ReceiptReading;
  /** Closes connections. */
  close?(): Promise<void>;
}
