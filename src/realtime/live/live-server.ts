import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Server } from 'socket.io';
import { Config } from '../../config/config.js';
import { Admission } from './admission.js';
import { LIVE_PATH } from './events.js';
import type { LiveSocket, LiveSocketServer } from './live-connection.js';
import { liveFailure } from './live-problem.js';
import { LiveSessions } from './live-sessions.js';

/** Largest packet of a client, in bytes: what clients ask is small. */
const LARGEST_PACKET = 64 * 1024;
/** How long clients get to answer that the connection ends, before it ends without their answer. */
const FAREWELL_MILLISECONDS = 1_000;

/**
 * The Socket.IO server of this process, beside Fastify on the same HTTP server. Any origin may connect: what a client may see is
 * settled by its token, and no cookie is looked at.
 */
@Injectable()
export class LiveServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveServer.name);
  private readonly upgraded = new Set<NetSocket>();
  private server: LiveSocketServer | undefined;
  private stopping = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: Config,
    private readonly admission: Admission,
    private readonly sessions: LiveSessions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('realtime')) return;
    await this.sessions.begin();
    const http = this.host.httpAdapter.getHttpServer() as HttpServer;
    this.server = this.attach(http);
    http.on('upgrade', (_request, socket: NetSocket) => {
      this.upgraded.add(socket);
      socket.once('close', () => this.upgraded.delete(socket));
    });
    // Socket.IO answers by itself what Fastify would answer so: a client that keeps asking must not keep the server open.
    http.prependListener('request', (_request, response: ServerResponse) => {
      if (this.stopping) response.setHeader('connection', 'close');
    });
  }

  /** Clients are cut off as by a broken network, so that they connect again, to another process. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.server === undefined) return;
    this.stopping = true;
    this.sessions.leave();
    this.server.engine.close();
    await this.farewell();
    await this.sessions.end();
  }

  private attach(http: HttpServer): LiveSocketServer {
    const server: LiveSocketServer = new Server(http, {
      path: LIVE_PATH,
      serveClient: true,
      transports: ['websocket', 'polling'],
      cors: { origin: '*' },
      maxHttpBufferSize: LARGEST_PACKET,
      connectTimeout: 10_000,
      allowRequest: (_request, decide) => decide(this.stopping ? 'stopping' : null, !this.stopping),
    });
    server.use((socket, next) => void this.admit(socket, next));
    server.on('connection', (socket) => {
      this.sessions.open(socket).catch((error: unknown) => {
        this.logger.error(`A live connection could not be served: ${String(error)}`);
        // As a broken network: the client comes back by itself.
        socket.conn.close();
      });
    });
    return server;
  }

  private async admit(socket: LiveSocket, next: (refusal?: Error) => void): Promise<void> {
    try {
      socket.data = await this.admission.admit(socket.handshake.auth);
    } catch (error) {
      const data = liveFailure(error);
      next(Object.assign(new Error(data.message), { data }));
      return;
    }
    next();
  }

  private async farewell(): Promise<void> {
    const end = Date.now() + FAREWELL_MILLISECONDS;
    while (this.upgraded.size > 0 && Date.now() < end) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
    for (const socket of this.upgraded) socket.destroy();
  }
}
