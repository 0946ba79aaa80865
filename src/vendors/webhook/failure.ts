import type { Judgement } from './codes.js';

/** Judges a call that got no whole answer. `handedOver`: the request had been written, so that the gateway may have taken it. */
export function judgeFailure(error: Error & { code?: string }, handedOver: boolean): Judgement {
  const detail = error.message.slice(0, 500);
  if (handedOver) return { outcome: { status: 'unknown', code: 'answer-lost', detail } };
  // Aborts come from the deadline or the end of the process while the call still waited for a connection.
  const code = error.code ?? (error.name === 'AggregateError' ? 'no-connection' : undefined);
  if (code === undefined || error.name === 'AbortError') {
    return { outcome: { status: 'retry', code: 'aborted', detail } };
  }
  return { outcome: { status: 'retry', code }, account: { problem: 'unreachable', code, detail } };
}
