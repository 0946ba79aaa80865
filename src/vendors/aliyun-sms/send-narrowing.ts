import type { Sending } from '../sms/send-planned.js';
import { forAll, untouched } from '../transport/judgement.js';
import type { SendResult } from '../vendor.js';
import type { CallAnswer } from './read-answer.js';

/** Finds two of a thousand. Whoever is not found with these comes again with a later attempt. */
const MOST_MORE = 40;

/**
 * Sends a call; when it is refused because of one of several, in halves, until the one is found and the others are sent: a wrong number
 * among a thousand, or a wrong param among a hundred, is to cost nobody else the message.
 */
export async function sendNarrowing(
  call: readonly Sending[],
  send: (call: readonly Sending[]) => Promise<CallAnswer>,
  left = { calls: MOST_MORE },
): Promise<SendResult> {
  const { result, again } = await send(call);
  if (again !== 'halves') return result;
  const code = codeOf(result);
  if (left.calls < 2) return forAll(call, untouched(code));
  left.calls -= 2;
  const middle = Math.ceil(call.length / 2);
  const first = await sendNarrowing(call.slice(0, middle), send, left);
  const rest = call.slice(middle);
  const second =
    first.account === undefined ? await sendNarrowing(rest, send, left) : forAll(rest, untouched(first.account.code));
  const account = first.account ?? second.account;
  return {
    outcomes: [...first.outcomes, ...second.outcomes],
    ...(account === undefined ? {} : { account }),
  };
}

function codeOf({ outcomes: [outcome] }: SendResult): string {
  return outcome !== undefined && 'code' in outcome ? outcome.code : 'refused';
}
