import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import type { Answered } from './account-http.js';

/** Vendors answer with a few hundred bytes; what is longer is cut, and then cannot be read. */
const LONGEST_BYTES = 64 * 1024;

/** Collects the answer on a stream. */
export class H2Answer {
  private headers: (IncomingHttpHeaders & { ':status'?: number }) | undefined;
  private body: Buffer | undefined;
  private error: Error | undefined;

  constructor(private readonly stream: ClientHttp2Stream) {
    stream.on('response', (headers) => {
      this.headers = headers;
    });
    stream.on('data', (chunk: Buffer) => {
      if (this.body === undefined) this.body = chunk;
      else if (this.body.length < LONGEST_BYTES) this.body = Buffer.concat([this.body, chunk]);
    });
    stream.on('error', (error: Error) => {
      this.error = error;
    });
  }

  /** Once the stream is closed: the answer, if it came whole. */
  reply(): Answered | undefined {
    const { headers, body, stream } = this;
    // A stream whose connection was cut has an end as well.
    if (headers === undefined || !stream.readableEnded || stream.rstCode !== constants.NGHTTP2_NO_ERROR)
      return undefined;
    return {
      answered: true,
      status: headers[':status'] ?? 0,
      headers: headers as Readonly<Record<string, string | undefined>>,
      text: body === undefined ? '' : body.toString('utf8'),
    };
  }

  /** Why there is no whole answer, for a person. */
  get trouble(): string {
    return this.error?.message ?? 'The connection or the request ended before the answer.';
  }
}
