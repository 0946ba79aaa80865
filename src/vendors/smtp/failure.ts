import type { NodemailerError } from 'nodemailer';
import { CREDENTIALS, DOWN, judge, type Judgement, THROTTLED, untouched } from '../transport/judgement.js';
import { judgeReply } from './codes.js';

/** Codes of nodemailer that mean no session with the server came about. */
const NO_SESSION = new Set(['EDNS', 'ETLS', 'EREQUIRETLS', 'EPROTOCOL', 'ESOCKET', 'ETIMEDOUT', 'EPROXY']);

/** Codes of the operating system for a connection that existed and broke. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/**
 * Judges a failed send. `handedOver`: the whole mail had been written to the connection, so that without an answer of the
 * server it may have been taken.
 */
export function judgeFailure(error: NodemailerError, handedOver: boolean): Judgement {
  const refusal = error.rejectedErrors?.[0] ?? error;
  const { responseCode, response = '', command } = refusal;
  const code = error.originalCode ?? error.code ?? 'smtp-error';
  const detail = error.message;
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') return judgeSignIn(error);
  if (responseCode && error.code !== 'EPROTOCOL' && error.code !== 'ETLS') {
    return judgeReply({ responseCode, response, command });
  }
  if (handedOver) return judge('unknown', 'answer-lost', detail);
  if (error.code === 'EABORT') return untouched('aborted');
  if (hadNoSession(error)) return judge(DOWN, code, detail);
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return judge('rejected', code, detail);
  return judge('retry', 'connection-lost', detail);
}

/** A 4xx at sign-in, such as 454 4.7.0, is the server being busy or wary, not a wrong password. */
function judgeSignIn(error: NodemailerError): Judgement {
  const { responseCode = 535, message } = error;
  return judge(responseCode < 500 ? THROTTLED : CREDENTIALS, String(responseCode), message);
}

/** Whether the server could not be talked to at all, in contrast to a session that broke over one mail. */
function hadNoSession(error: NodemailerError): boolean {
  if (error.timeoutType === 'SOCKET_TIMEOUT' || BROKEN.has(error.originalCode ?? '')) return false;
  // The pool gives up on a server that closes before its greeting with an ECONNECTION that names no command; one that closes
  // within a session has a command. A pool closed under the send is none of the server's doing.
  if (error.code === 'ECONNECTION') return !error.command && !error.message.includes('pool was closed');
  return NO_SESSION.has(error.code ?? '');
}
