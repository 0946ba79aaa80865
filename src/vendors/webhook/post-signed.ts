import { Readable } from 'node:stream';
import { type Agent, type Dispatcher, request } from 'undici';
import { signature } from './sign.js';
import type { WebhookSettings } from './webhook-settings.js';

/** How far a request got. */
export interface Progress {
  /** The body was handed to a connection: without an answer, nobody knows whether the gateway took it. */
  handedOver: boolean;
}

export interface PostOptions {
  headers?: Record<string, string>;
  signal: AbortSignal;
  now: Date;
  progress: Progress;
}

/** Posts JSON under the account's signature; `progress` tells afterwards how far a failed call got. */
export async function postSigned(
  agent: Agent,
  { url, secret }: WebhookSettings,
  body: string,
  { headers, signal, now, progress }: PostOptions,
): Promise<Dispatcher.ResponseData> {
  signal.throwIfAborted();
  const bytes = Buffer.from(body);
  const answer = request(url, {
    dispatcher: agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      'user-agent': 'Tidings',
      ...signature(secret, body, now),
      ...headers,
    },
    body: Readable.from(marking(bytes, signal, progress), { objectMode: false }),
    signal,
  });
  return Promise.race([answer, abortedWaiting(signal, progress)]);
}

/** Rejects when the call is aborted before it has a connection: undici tells of that only once there is one. */
function abortedWaiting(signal: AbortSignal, progress: Progress): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => {
      if (!progress.handedOver) reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Asked for its bytes only once there is a connection to write them to; undici never writes those of an aborted call. */
function* marking(bytes: Buffer, signal: AbortSignal, progress: Progress): Generator<Buffer> {
  if (signal.aborted) return;
  progress.handedOver = true;
  yield bytes;
}
