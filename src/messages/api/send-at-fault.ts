import type { FieldError } from '../../common/problem.js';

const DAY = 86_400_000;
/** A leap year's worth, so that "the same day next year" is always possible. */
const FURTHEST = 366 * DAY;

/** A message may wait for a year; whatever lies further ahead is a mistake, or a recurring schedule. */
export function sendAtFault(sendAt: Date | undefined, now: Date): FieldError[] {
  return sendAt !== undefined && sendAt.getTime() > now.getTime() + FURTHEST
    ? [{ path: 'sendAt', message: 'must not be more than a year ahead' }]
    : [];
}
