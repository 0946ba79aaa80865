import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { Clock } from '../../src/common/clock.js';
import { loadConfig } from '../../src/config/environment.js';
import { ADAPTER_OPTIONS, prepareApp } from '../../src/create-app.js';
import { ReceiptService } from '../../src/deliveries/receipt-service.js';
import { Worker } from '../../src/messages/worker.js';
import { FakeClock } from './fake-clock.js';
import { createTestDatabase } from './test-database.js';

export const ADMIN_KEY = 'admin-key-of-the-tests';

/** A reply as a caller gets it; `body` is the parsed JSON, or the text of anything else. */
export interface Reply {
  status: number;
  body: unknown;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
}

export interface CallOptions {
  organisation?: string;
  headers?: Record<string, string>;
}

/** An organisation with one application that may do everything. */
export interface TestOrganisation {
  code: string;
  id: string;
  key: string;
  applicationId: string;
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

export class TestApp {
  constructor(
    readonly nest: NestFastifyApplication,
    readonly clock: FakeClock,
    readonly databaseUrl: string,
    private readonly release: () => Promise<void>,
  ) {}

  /** Sends exact bytes; the reply is Fastify's own. */
  inject(options: { method: string; url: string; headers?: Record<string, string>; payload?: string | Buffer }) {
    return this.nest.inject({ ...options, method: options.method as 'GET' });
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.inject({
      method,
      url: path,
      headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const json = String(response.headers['content-type'] ?? '').includes('json') && response.payload !== '';
    return {
      status: response.statusCode,
      body: json ? (JSON.parse(response.payload) as unknown) : response.payload,
      headers: response.headers,
      text: response.payload,
    };
  }

  admin(method: string, path: string, body?: unknown, { organisation, headers }: CallOptions = {}): Promise<Reply> {
    return this.call(method, path, body, {
      authorization: `Bearer ${ADMIN_KEY}`,
      ...(organisation === undefined ? {} : { 'x-organisation': organisation }),
      ...headers,
    });
  }

  /** Creates an organisation with an application that has every scope. */
  async organisation(code = `org-${Math.random().toString(36).slice(2, 10)}`): Promise<TestOrganisation> {
    const organisation = succeeded(await this.admin('POST', '/api/v1/organisations', { code, name: code }));
    const application = succeeded(
      await this.admin('POST', '/api/v1/applications', { code: 'tests', name: 'Tests' }, { organisation: code }),
    );
    const credential = succeeded(
      await this.admin(
        'POST',
        `/api/v1/applications/~${idOf(application)}/credentials`,
        { kind: 'api-key', scopes: ['send', 'read', 'directory', 'templates', 'operate'] },
        { organisation: code },
      ),
    );
    const key = (credential.body as { secret: string }).secret;
    return {
      code,
      id: idOf(organisation),
      key,
      applicationId: idOf(application),
      call: (method, path, body, headers) =>
        this.call(method, path, body, { authorization: `Bearer ${key}`, ...headers }),
    };
  }

  /** Plans and sends everything that is due by the clock, and applies the receipts that came in. */
  async drain(): Promise<void> {
    await this.nest.get(Worker).drain();
    await this.nest.get(ReceiptService).flush();
  }

  async close(): Promise<void> {
    await this.nest.close();
    await this.release();
  }
}

const idOf = (reply: Reply): string => (reply.body as { id: string }).id;

function succeeded(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`A test's preparation failed with ${reply.status}: ${reply.text}`);
  return reply;
}

/**
 * The whole application on a database of its own, with a clock that the test moves. No loops run: `drain` does their
 * work. `through` may put something between the application and its database.
 */
export async function startTestApp(
  environment: Record<string, string> = {},
  through: (databaseUrl: string) => Promise<string> = (url) => Promise.resolve(url),
): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-test-'));
  const config = loadConfig({
    DATABASE_URL: await through(database.url),
    DATA_DIR: dataDir,
    ADMIN_API_KEY: ADMIN_KEY,
    ROLES: 'api',
    LOG_LEVEL: 'fatal',
    ...environment,
  });
  const clock = new FakeClock();
  const module = await Test.createTestingModule({ imports: [AppModule.register(config)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const nest = module.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter({ ...ADAPTER_OPTIONS, bodyLimit: config.bodyLimitBytes }),
    {
      bodyParser: false,
      logger: [config.logLevel],
    },
  );
  await prepareApp(nest);
  return new TestApp(nest, clock, database.url, async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
}
