import type { Content } from '../../channels/channel-kind.js';
import type { Outcome } from '../vendor.js';

/** What the sandbox made of one target. */
export interface SandboxEntryTarget {
  reference: string;
  address: string;
  status: Outcome['status'];
  code?: string;
  /** Only where this person had words of their own. */
  content?: Content;
}

/** One call to the sandbox. */
export interface SandboxEntry {
  organisationId: number;
  vendorAccountId: number;
  content: Content;
  attempt: number;
  targets: SandboxEntryTarget[];
}

/** Keeps what was sent to the sandbox, so that a person can look at it. */
export abstract class SandboxJournal {
  /** Called once per `send` call, however many targets it has. */
  abstract append(entry: SandboxEntry): Promise<void>;
}
