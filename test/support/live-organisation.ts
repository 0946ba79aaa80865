import { DataSource } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { LiveProcess } from '../../src/realtime/live/live-process.js';
import { LiveClient, type LiveClientOptions } from './live-client.js';
import { pause } from './pause.js';
import { type SmallOrganisation, smallOrganisation } from './small-organisation.js';
import { startTestApp, type TestApp } from './test-app.js';

/** Processes over one database check each other's tokens by the same key. */
const SECRETS_KEY = '5a'.repeat(32);

/** An application that serves live clients, listening. With `beside`, over the same database as that one. */
export async function startLiveApp(beside?: TestApp, environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({
    ROLES: 'api,realtime',
    SECRETS_KEY,
    ...(beside === undefined ? {} : { DATABASE_URL: beside.databaseUrl }),
    ...environment,
  });
  await app.nest.listen(0, '127.0.0.1');
  if (beside !== undefined) await keepPace(app, beside);
  return app;
}

/** A process whose clock is behind would be taken for dead; and what the other one remembers of processes is to be forgotten. */
async function keepPace(app: TestApp, beside: TestApp): Promise<void> {
  await app.clock.set(beside.clock.now());
  const lag = 5_000;
  const fresh = new Date(app.clock.now().getTime() - lag);
  const { id } = app.nest.get(LiveProcess);
  const seen = 'SELECT 1 FROM live_process WHERE id = $1 AND seen_at >= $2';
  const serves = app.nest.get(Config).roles.includes('realtime');
  const isSeen = async (): Promise<boolean> => {
    const rows: unknown[] = await app.nest.get(DataSource).query(seen, [id, fresh]);
    return rows.length > 0;
  };
  if (serves) while (!(await isSeen())) await pause(5);
  await Promise.all([app, beside].map(({ clock }) => clock.advance(1_000)));
}

/** A small organisation whose people connect. */
export class LiveOrganisation {
  private readonly clients: LiveClient[] = [];

  private constructor(
    readonly app: TestApp,
    readonly org: SmallOrganisation,
  ) {}

  static async make(app: TestApp): Promise<LiveOrganisation> {
    return new LiveOrganisation(app, await smallOrganisation(app));
  }

  async token(person: string, request: Record<string, unknown> = {}): Promise<string> {
    const { status, body, text } = await this.org.call('POST', `/api/v1/recipients/${person}/live-tokens`, request);
    if (status !== 201) throw new Error(`${status} ${text}`);
    return (body as { token: string }).token;
  }

  /** A client of a person, served. */
  async connect(
    person: string,
    { app = this.app, token, ...options }: LiveClientOptions & { app?: TestApp; token?: Record<string, unknown> } = {},
  ): Promise<LiveClient> {
    // Nothing sent before belongs to the instant of connecting.
    const now = Math.max(...[app, this.app].map(({ clock }) => clock.now().getTime())) + 1;
    await Promise.all([...new Set([app, this.app])].map(({ clock }) => clock.set(new Date(now))));
    const client = await LiveClient.connect(app, await this.token(person, token), options);
    this.clients.push(client);
    return client;
  }

  /** Sends something to inboxes, and returns the message's id once it is recorded. */
  async send(title: string, users: string[] = ['U1'], more: Record<string, unknown> = {}): Promise<string> {
    const id = await this.org.send({ audience: { users }, content: { inbox: { title, text: title } }, ...more });
    await this.app.drain();
    return id;
  }

  /** Waits for what the database is to say. */
  async until(sql: string, values: unknown[] = []): Promise<void> {
    for (;;) {
      const rows: { yes: boolean }[] = await this.app.nest.get(DataSource).query(sql, values);
      if (rows[0]?.yes === true) return;
      await pause(5);
    }
  }

  leave(): void {
    for (const client of this.clients.splice(0)) client.close();
  }
}
