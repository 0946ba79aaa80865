import { io, type Socket } from 'socket.io-client';
import {
  type ClientEvents,
  LIVE_PATH,
  type LiveMessage,
  type LivePush,
  type LiveReady,
  type ServerEvents,
} from '../../src/realtime/live/events.js';
import type { TestApp } from './test-app.js';

export interface LiveClientOptions {
  cursor?: string;
  /** What it gives instead of a token and a cursor. */
  auth?: Record<string, unknown>;
  transport?: 'websocket' | 'polling';
  /** Whether it acknowledges what it gets; true unless told. */
  acknowledges?: boolean;
}

/** Why a connection was refused. */
export interface Refusal {
  code: string;
  message: string;
}

/** A client as a browser or a device is one, over a real socket. The application must listen. */
export class LiveClient {
  readonly messages: LiveMessage[] = [];
  readonly pushes: LivePush[] = [];
  private readonly waiting = new Set<() => void>();
  private refused: Refusal | undefined;
  private answered: LiveReady | undefined;
  private ended: string | undefined;

  private constructor(readonly socket: Socket<ServerEvents, ClientEvents>) {}

  /** Starts to connect, and waits for nothing. */
  static async open(
    app: TestApp,
    token: string,
    { cursor, auth, transport = 'websocket', acknowledges = true }: LiveClientOptions = {},
  ): Promise<LiveClient> {
    const socket: Socket<ServerEvents, ClientEvents> = io(await app.nest.getUrl(), {
      path: LIVE_PATH,
      auth: auth ?? { token, ...(cursor === undefined ? {} : { cursor }) },
      transports: [transport],
      reconnection: false,
      forceNew: true,
    });
    const client = new LiveClient(socket);
    const got = (happened: () => void, acknowledge?: () => void): void => {
      happened();
      if (acknowledges) acknowledge?.();
      for (const look of client.waiting) look();
    };
    socket.on('ready', (ready) => got(() => (client.answered = ready)));
    socket.on('message', (message, acknowledge) => got(() => client.messages.push(message), acknowledge));
    socket.on('push', (push, acknowledge) => got(() => client.pushes.push(push), acknowledge));
    socket.on('disconnect', (reason) => got(() => (client.ended = reason)));
    socket.on('connect_error', (error) => {
      const { data } = error as Error & { data?: Refusal };
      got(() => (client.refused = data ?? { code: 'none', message: error.message }));
    });
    return client;
  }

  /** Connects, and waits until it is served. */
  static async connect(app: TestApp, token: string, options: LiveClientOptions = {}): Promise<LiveClient> {
    const client = await LiveClient.open(app, token, options);
    await client.until(() => client.answered !== undefined || client.refused !== undefined);
    if (client.refused !== undefined) throw new Error(`Refused: ${client.refused.code}`);
    return client;
  }

  /** Why it was refused; fails when it is served instead. */
  static async refusal(app: TestApp, token: string, options: LiveClientOptions = {}): Promise<Refusal> {
    const client = await LiveClient.open(app, token, options);
    await client.until(() => client.answered !== undefined || client.refused !== undefined);
    client.close();
    if (client.refused === undefined) throw new Error('It was let in');
    return client.refused;
  }

  get ready(): LiveReady {
    if (this.answered === undefined) throw new Error('It is not served');
    return this.answered;
  }

  get titles(): (string | null)[] {
    return this.messages.map(({ title }) => title);
  }

  /** Waits until something is so; looks whenever something came. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Waits until it has so many messages, and returns their titles. */
  async got(count: number): Promise<(string | null)[]> {
    await this.until(() => this.messages.length >= count);
    return this.titles;
  }

  async gotPushes(count: number): Promise<LivePush[]> {
    await this.until(() => this.pushes.length >= count);
    return this.pushes;
  }

  /** Waits until the connection has ended, and returns how. */
  async end(): Promise<string> {
    await this.until(() => this.ended !== undefined);
    return this.ended ?? '';
  }

  /** Asks anything, right or wrong, and waits for the answer. What the server sent before it has come by then. */
  ask(event: string, ...parameters: unknown[]): Promise<Record<string, unknown>> {
    const raw = this.socket as unknown as Socket;
    return raw.emitWithAck(event, ...parameters) as Promise<Record<string, unknown>>;
  }

  close(): void {
    this.socket.disconnect();
  }
}
