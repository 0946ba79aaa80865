import { Readable } from 'node:stream';
import { type Agent, request } from 'undici';
import type { Clock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { DOWN, judge, type Judgement, UNREADABLE } from './judgement.js';
import { openAgent } from './open-agent.js';
import { readText } from './read-text.js';
import { transportOf } from './transport-settings.js';

export interface HttpRequest {
  /** POST unless told. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  signal: AbortSignal;
}

/** A whole answer, of whatever status. */
export interface Answered {
  answered: true;
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
}

/** Why there is no whole answer. */
interface NoAnswer {
  answered: false;
  /** The request had been written, so that the vendor may have taken it; never true of one without a body, which asks only. */
  handedOver: boolean;
  code: string;
  detail: string;
}

export type HttpReply = Answered | NoAnswer;

/** Content types of request bodies. */
export const JSON_TYPE = 'application/json; charset=UTF-8';
export const FORM_TYPE = 'application/x-www-form-urlencoded; charset=UTF-8';

/**
 * HTTP/1.1 calls of vendor accounts: each account has its own capped connections, which never lead into a private network unless the
 * account allows it; each call has a deadline; nothing is thrown.
 */
export class AccountHttp {
  private readonly agents = new Map<string, { settings: string; agent: Agent }>();

  constructor(private readonly clock: Clock) {}

  async call(account: VendorAccountConfig, wanted: HttpRequest): Promise<HttpReply> {
    const deadline = new AbortController();
    const at = new Date(this.clock.now().getTime() + transportOf(account).timeoutSeconds * 1000);
    const cancel = this.clock.at(at, () => deadline.abort(new Error('No answer in time.')));
    const signal = AbortSignal.any([wanted.signal, deadline.signal]);
    const progress = { handedOver: false };
    try {
      const answer = await send(this.agentOf(account), wanted, signal, progress);
      const text = await wholeText(answer);
      return { answered: true, status: answer.statusCode, headers: flat(answer.headers), text };
    } catch (error) {
      const { name, message, code } = error as Error & { code?: string };
      const why = code ?? (name === 'AggregateError' ? 'no-connection' : name);
      return {
        answered: false,
        handedOver: progress.handedOver,
        code: signal.aborted ? 'aborted' : why,
        detail: message.slice(0, 500),
      };
    } finally {
      cancel();
    }
  }

  async close(): Promise<void> {
    const agents = [...this.agents.values()];
    this.agents.clear();
    await Promise.all(agents.map(({ agent }) => agent.close()));
  }

  /** The account's connections; changed settings get new ones, and the old ones end after what they are sending. */
  private agentOf(account: VendorAccountConfig): Agent {
    const key = `${account.organisationId}/${account.id}`;
    const { connections, allowPrivateNetwork } = transportOf(account);
    const settings = `${connections} ${allowPrivateNetwork}`;
    const known = this.agents.get(key);
    if (known?.settings === settings) return known.agent;
    void known?.agent.close();
    const agent = openAgent({ connections, allowPrivateNetwork });
    this.agents.set(key, { settings, agent });
    return agent;
  }
}

/** Judges a call that got no whole answer: what may have been taken is unknown, what never left is no fault of the targets. */
export function judgeNoAnswer({ handedOver, code, detail }: NoAnswer): Judgement {
  if (handedOver) return judge('unknown', code === UNREADABLE ? code : 'answer-lost', detail);
  if (code === 'aborted') return judge('retry', code, detail);
  return judge(DOWN, code, detail);
}

async function send(
  agent: Agent,
  { method = 'POST', url, headers, body }: HttpRequest,
  signal: AbortSignal,
  progress: { handedOver: boolean },
): Promise<Awaited<ReturnType<typeof request>>> {
  signal.throwIfAborted();
  const bytes = Buffer.from(body ?? '');
  const empty = body === undefined;
  const answer = request(url, {
    dispatcher: agent,
    method,
    headers: {
      'user-agent': 'Tidings',
      ...(empty ? {} : { 'content-length': String(bytes.length) }),
      ...headers,
    },
    ...(empty ? {} : { body: Readable.from(marking(bytes, signal, progress), { objectMode: false }) }),
    signal,
  });
  return Promise.race([answer, abortedWaiting(signal, progress)]);
}

/** The body. That of a refusal may break off or never end: the status says enough. */
async function wholeText({ statusCode, body }: Awaited<ReturnType<typeof request>>): Promise<string> {
  try {
    const text = await readText(body);
    if (text !== undefined) return text;
    throw Object.assign(new Error('The answer is too long to be read.'), { code: UNREADABLE });
  } catch (error) {
    if (statusCode < 300) throw error;
    return '';
  }
}

/** Rejects when the call is aborted before it has a connection: undici tells of that only once there is one. */
function abortedWaiting(signal: AbortSignal, progress: { handedOver: boolean }): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => {
      if (!progress.handedOver) reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Asked for its bytes only once there is a connection to write them to; undici never writes those of an aborted call. */
function* marking(bytes: Buffer, signal: AbortSignal, progress: { handedOver: boolean }): Generator<Buffer> {
  if (signal.aborted) return;
  progress.handedOver = true;
  yield bytes;
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}
