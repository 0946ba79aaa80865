import type { MessageRequest } from '../messages/message-request.js';

/** What a schedule sends at each run: a request whose times and keys are settled by the run. */
export interface ScheduledRequest extends Omit<MessageRequest, 'sendAt' | 'expiresAt' | 'dedupKey' | 'correlationId'> {
  /** Seconds after its time at which a run is no longer worth sending. */
  expiresAfter?: number;
}

/** All runs of a schedule share this correlation id. */
export const correlationOf = (code: string): string => `schedule:${code}`;

/** The dedup keys of all runs of a schedule start so. */
export const runPrefix = (scheduleId: number): string => `schedule:${scheduleId}:`;

/**
 * The request of one run. `occasion` names the run among those of its schedule: the same run asked for twice, by two processes or after
 * a crash, has the same dedup key and so makes one message.
 */
export function requestOfRun(
  schedule: { id: number; code: string; request: ScheduledRequest },
  slot: Date,
  occasion = slot.toISOString(),
): MessageRequest {
  const { expiresAfter, ...request } = schedule.request;
  return {
    ...request,
    ...(expiresAfter === undefined ? {} : { expiresAt: new Date(slot.getTime() + expiresAfter * 1000) }),
    correlationId: correlationOf(schedule.code),
    dedupKey: `${runPrefix(schedule.id)}${occasion}`,
  };
}
