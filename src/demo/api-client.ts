import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

const PATIENCE_MILLISECONDS = 60_000;
const LINES_PER_CHUNK = 500;

/** An answer other than the one hoped for, told in one line. */
export class ApiError extends Error {
  constructor(
    call: string,
    readonly status: number,
    answer: string,
  ) {
    super(`${call} was answered ${status}: ${answer.slice(0, 500)}`);
  }
}

/** Calls the HTTP API as any other program would. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  get<T>(path: string): Promise<T> {
    return this.json<T>('GET', path);
  }

  /** What stands at `path`, or undefined when there is nothing. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.json<T>('POST', path, JSON.stringify(body));
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.json<T>('PATCH', path, JSON.stringify(body));
  }

  /** Posts a text as it stands, under the content type of JSON. */
  postText<T>(path: string, text: string): Promise<T> {
    return this.json<T>('POST', path, text);
  }

  /** Posts a form and gives the answer as it came. */
  async postForm(path: string, form: URLSearchParams): Promise<{ text: string; headers: Headers }> {
    const response = await this.call('POST', path, 'application/x-www-form-urlencoded', form.toString());
    return { text: await response.text(), headers: response.headers };
  }

  /** Posts any number of objects as one stream of lines, and gives the answer line by line. */
  async *postLines<T>(path: string, objects: Iterable<object>): AsyncGenerator<T> {
    const response = await this.call('POST', path, 'application/x-ndjson', toChunks(objects));
    if (response.body === null) return;
    for await (const line of createInterface({ input: Readable.fromWeb(response.body) })) yield JSON.parse(line) as T;
  }

  private async json<T>(method: string, path: string, body?: string): Promise<T> {
    const response = await this.call(method, path, 'application/json', body);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async call(
    method: string,
    path: string,
    contentType: string,
    body?: string | AsyncIterable<Uint8Array>,
  ): Promise<Response> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...this.headers, ...(body !== undefined && { 'content-type': contentType }) },
      body,
      ...(typeof body === 'object' && { duplex: 'half' }),
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    if (response.ok) return response;
    throw new ApiError(`${method} ${path}`, response.status, await response.text());
  }
}

async function* toChunks(objects: Iterable<object>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines: string[] = [];
  for (const object of objects) {
    lines.push(`${JSON.stringify(object)}\n`);
    if (lines.length < LINES_PER_CHUNK) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
  }
  // An empty chunk would stall the fetch of Node 20.
  if (lines.length > 0) yield encoder.encode(lines.join(''));
}
