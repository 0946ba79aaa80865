import { type CodeTable, CREDENTIALS, THROTTLED } from '../transport/judgement.js';

/** Codes of `errcode` that robots and apps share. */
const OF_BOTH: CodeTable = {
  '-1': 'retry', // system busy
  '40008': 'rejected', // type of message unknown
  '40033': 'rejected', // unfit characters
  '40035': 'rejected', // parameter wrong
  '40039': 'rejected', // address too long
  '40058': 'rejected', // parameter wrong
  '40063': 'rejected', // parameter empty
  '44004': 'rejected', // text empty
  '45002': 'rejected', // text too long
  '45009': THROTTLED, // too many calls
  '45033': THROTTLED, // too many calls at once
  '45034': 'rejected', // address without http
  '85002': 'rejected', // unfit words
};

export const ROBOT_CODES: CodeTable = {
  ...OF_BOTH,
  '93000': CREDENTIALS, // key unknown, or robot removed from its group
  '93004': CREDENTIALS, // robot switched off
  '93008': CREDENTIALS, // robot not in the group
};

export const APP_CODES: CodeTable = {
  ...OF_BOTH,
  '40001': 'token-expired', // secret wrong, or token void
  '40003': 'rejected', // person unknown
  '40013': CREDENTIALS, // company unknown
  '40014': 'token-expired', // token void
  '40031': 'rejected', // list of people wrong
  '40032': 'rejected', // list of people too long
  '40056': CREDENTIALS, // app unknown
  '40091': CREDENTIALS, // secret wrong
  '42001': 'token-expired', // token expired
  '43004': 'unreachable', // person does not follow the company
  '46004': 'rejected', // person unknown
  '48002': CREDENTIALS, // not allowed to call this
  '48004': CREDENTIALS, // not authorised
  '48006': CREDENTIALS, // permission withdrawn
  '50003': CREDENTIALS, // app disabled
  '60011': CREDENTIALS, // not allowed to reach these people
  '60020': CREDENTIALS, // address not on the app's list
  '60111': 'rejected', // person unknown
  '81013': 'rejected', // nobody of these is known, or may be reached
  '82001': 'rejected', // nobody named
  '301002': CREDENTIALS, // app is not the secret's
  '2000002': CREDENTIALS, // company unknown
};

/** Of a message to one person, these speak of that person; of one to many, as likely of the company or the app's range. */
export const OF_THE_PERSON: ReadonlySet<string> = new Set(['40003', '46004', '60111', '81013']);

/** Calls are counted by the minute. */
export const REST_SECONDS: ReadonlyMap<string, number> = new Map([['45009', 60]]);
