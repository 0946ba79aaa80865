import type { Answered } from '../transport/account-http.js';
import type { Reading } from '../transport/h2-one-by-one.js';
import { accepted, judge, meaningOf, restSeconds, statusMeaning } from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { adviceOn, CODES, FAREWELLS } from './codes.js';

/** What APNs says of the one device. A device that is gone comes with the time since which it is. */
export function readAnswer({ status, headers, text }: Answered, now: Date): Reading {
  if (status === 200) return { outcome: accepted(headers['apns-id']) };
  const { reason, timestamp } = jsonObject(text) ?? {};
  const code = typeof reason === 'string' && reason !== '' ? reason : `http-${status}`;
  const meaning = meaningOf(CODES, code) ?? statusMeaning(status);
  const detail = adviceOn(code) ?? `APNs answered ${status} ${excerpt(text)}`.trim();
  const judgement = judge(meaning, code, detail, restSeconds(headers['retry-after'], now));
  if (meaning === 'token-expired') return { tokenExpired: judgement };
  const { outcome } = judgement;
  const since = instantBefore(timestamp, now);
  if (outcome.status === 'address-gone' && since !== undefined) return { outcome: { ...outcome, since } };
  return FAREWELLS.has(code) ? { ...judgement, leaveSession: true } : judgement;
}

/** A time that has yet to come, or none at all, says nothing. */
const instantBefore = (milliseconds: unknown, now: Date): Date | undefined =>
  typeof milliseconds === 'number' && milliseconds > 0 && milliseconds <= now.getTime()
    ? new Date(milliseconds)
    : undefined;
