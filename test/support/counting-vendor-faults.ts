/** What the counting vendor does with a call. */
export type Behaviour =
  /** Takes everything and says so. */
  | 'accept'
  /** The same, later. */
  | 'slow'
  /** Takes the first half and asks for the others again later. */
  | 'take-half'
  /** Takes nothing and says so: 429 and 503 with a Retry-After, 500. */
  | 'throttle'
  | 'busy'
  | 'error'
  /** Takes nothing, and the answer never comes: the connection is reset, or nothing happens until the caller gives up. */
  | 'reset'
  | 'stall'
  /** Says 502 as a proxy does, having taken nothing. */
  | 'bad-gateway'
  /** Takes everything, and then the answer is lost, breaks off in the middle, never comes or makes no sense. */
  | 'take-and-reset'
  | 'take-and-break-off'
  | 'take-and-stall'
  | 'take-and-mumble';

/** Share of calls, of 1. */
const SHARES: readonly (readonly [Behaviour, number])[] = [
  ['slow', 0.04],
  ['take-half', 0.03],
  ['throttle', 0.01],
  ['busy', 0.01],
  ['error', 0.02],
  ['reset', 0.015],
  ['stall', 0.01],
  ['bad-gateway', 0.01],
  ['take-and-reset', 0.015],
  ['take-and-break-off', 0.015],
  ['take-and-stall', 0.01],
  ['take-and-mumble', 0.01],
];

/** All of them but the good one. */
export const FAULTS: readonly Behaviour[] = SHARES.map(([behaviour]) => behaviour);

/** From this attempt on all goes well, so that nothing is given up: a delivery is tried six times. */
const GOOD_ATTEMPT = 4;

export function chooseBehaviour(random: number, attempt: number): Behaviour {
  let left = random;
  if (attempt >= GOOD_ATTEMPT) return 'accept';
  for (const [behaviour, share] of SHARES) {
    if (left < share) return behaviour;
    left -= share;
  }
  return 'accept';
}
