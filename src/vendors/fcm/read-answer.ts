import type { Answered } from '../transport/account-http.js';
import type { Reading } from '../transport/h2-one-by-one.js';
import {
  accepted,
  judge,
  judgeUnread,
  type Meaning,
  meaningOf,
  restSeconds,
  statusMeaning,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { fieldsOf, isObject } from '../transport/untrusted.js';
import { CODES, USUAL_REST } from './codes.js';

/** The whole of a good answer, which comes too often to be parsed as JSON. */
const MESSAGE_NAME = /^\s*\{\s*"name"\s*:\s*"([^"\\]+)"/;

type Fields = Readonly<Record<string, unknown>>;

/** What FCM says of the one device, decided by its own error code, else by Google's, else by the status. */
export function readAnswer({ status, headers, text }: Answered, now: Date): Reading {
  if (status === 200) {
    const name = MESSAGE_NAME.exec(text)?.[1];
    return name === undefined ? judgeUnread(text) : { outcome: accepted(name) };
  }
  const error = fieldsOf(jsonObject(text)?.['error']);
  const details = list(error['details']);
  const code = codeOf(error, details, status);
  const meaning = ofTheDevice(code, error, details) ?? meaningOf(CODES, code) ?? statusMeaning(status);
  const detail = typeof error['message'] === 'string' ? excerpt(error['message']) : excerpt(text);
  const judgement = judge(meaning, code, detail, restSeconds(headers['retry-after'], now) ?? usualRest(code));
  return meaning === 'token-expired' ? { tokenExpired: judgement } : judgement;
}

const usualRest = (code: string): number | undefined =>
  Object.hasOwn(USUAL_REST, code) ? USUAL_REST[code] : undefined;

function codeOf({ status: word }: Fields, details: readonly Fields[], status: number): string {
  const own = details.map(({ errorCode }) => errorCode).find((code) => typeof code === 'string' && code !== '');
  if (typeof own === 'string') return own;
  return typeof word === 'string' && word !== '' ? word : `http-${status}`;
}

/** Of a wrong argument, that it is the device's address; of a quota, that it is the device's. */
function ofTheDevice(code: string, { message }: Fields, details: readonly Fields[]): Meaning | undefined {
  const words = typeof message === 'string' ? message : '';
  const said = `${words} ${JSON.stringify(details)}`;
  if (code === 'INVALID_ARGUMENT') {
    const wrong = details.flatMap(({ fieldViolations }) => list(fieldViolations)).map(({ field }) => field);
    const address = wrong.some((field) => field === 'message.token' || field === 'message.fid');
    return address || /registration token is not (?:a )?valid/i.test(words) ? 'address-gone' : undefined;
  }
  if (code === 'QUOTA_EXCEEDED' || code === 'RESOURCE_EXHAUSTED') return /device/i.test(said) ? 'retry' : undefined;
  return undefined;
}

const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
