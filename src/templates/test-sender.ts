import type { Caller } from '../access/principal.js';

/** One real message from one version of a template, to one person or address. */
export interface TestSend {
  templateCode: string;
  /** Also a draft's. */
  version: number;
  /** As the caller gave them; they have been checked against the version. */
  params: Record<string, unknown>;
  /** Channel code. */
  channel: string;
  /** Recipient code; exactly one of `recipient` and `address` is given. */
  recipient?: string;
  /** Raw address on the channel, such as a phone number. */
  address?: string;
}

/** Puts a test send on the way of every other message. */
export abstract class TestSender {
  abstract send(caller: Caller, test: TestSend): Promise<{ messageId: string }>;
}
