import type { Content } from '../../channels/channel-kind.js';
import { inOrder, runParts } from '../transport/parts.js';
import type { Outcome, SendResult, VendorRequest, VendorTarget } from '../vendor.js';
import { readPhoneNumber } from './phone-number.js';
import type { SmsWords } from './sms-words.js';

/** One target, and what it is sent. */
export interface Sending {
  target: VendorTarget;
  words: SmsWords;
}

/** How a vendor's targets are put into requests. */
export interface Plan {
  wordsOf: (content: Content) => SmsWords | { refused: Outcome };
  /** Who goes into one request with whom. Each of `sendings` is in one call; order does not matter. */
  callsFor: (sendings: readonly Sending[]) => Sending[][];
  /** Most calls under way at once. */
  parallel: number;
  /** One outcome per sending, in order. */
  send: (call: readonly Sending[]) => Promise<SendResult>;
}

/** Sends a request in the calls that a plan makes of it, as `runParts` does. Whoever has no words that can be sent is refused without one. */
export async function sendPlanned(
  request: Pick<VendorRequest, 'content' | 'targets' | 'signal'>,
  { wordsOf, callsFor, parallel, send }: Plan,
): Promise<SendResult> {
  const { content, targets } = request;
  const known = new Map<Content, ReturnType<typeof wordsOf>>();
  const refusals = new Map<VendorTarget, Outcome>();
  const sendings = targets.flatMap((target): Sending[] => {
    const said = target.content ?? content;
    const words = known.get(said) ?? wordsOf(said);
    known.set(said, words);
    if (!('refused' in words)) return [{ target, words }];
    refusals.set(target, words.refused);
    return [];
  });
  const parts = callsFor(sendings).map((call) => ({ call, targets: call.map(({ target }) => target) }));
  const { outcomes, ...verdict } = await runParts(parts, request, parallel, ({ call }) => send(call));
  return { outcomes: inOrder(targets, new Map([...refusals, ...outcomes])), ...verdict };
}

/** Signatures and templates are either for numbers of the mainland or for all others. */
export const isMainland = ({ target }: Sending): boolean => readPhoneNumber(target.address).mainland;
