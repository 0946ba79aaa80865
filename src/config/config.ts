import 'reflect-metadata';
import { resolve } from 'node:path';
import { ArrayNotEmpty, IsArray, IsIn, IsInstance, IsNotEmpty, IsOptional, Matches, MinLength } from 'class-validator';
import { readSecretsKey } from './secrets-key.js';
import { Variable } from './variable.js';
import { WholeNumber } from './whole-number.js';

export const ROLES = ['api', 'worker', 'scheduler', 'realtime'] as const;
/** A part of the work that a process takes on. */
export type Role = (typeof ROLES)[number];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
/** From the gravest to the most talkative; each includes those before it. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** All that Tidings takes from its environment; made by `loadConfig` and injected under this class. */
export class Config {
  /** TCP port of the HTTP server. */
  @WholeNumber({
    name: 'PORT',
    default: '3000',
    min: 0,
    max: 65535,
    description: 'TCP port that the HTTP server listens on; 0 takes any free one.',
  })
  readonly port: number;

  /** Address the HTTP server binds to. */
  @Variable({
    name: 'HOST',
    default: '0.0.0.0',
    allowed: 'an IP address or a host name of this machine',
    description: 'Address that the HTTP server listens on; 127.0.0.1 keeps it to this machine.',
  })
  @Matches(/^[A-Za-z0-9.:_-]+$/)
  readonly host: string;

  /** Absolute path of the folder for everything Tidings keeps outside a database server. */
  @Variable({
    name: 'DATA_DIR',
    default: '.data',
    allowed: 'a path',
    description: 'Folder for what Tidings keeps on disk: the embedded database and the keys it makes at first start.',
    read: (text) => resolve(text),
  })
  @IsNotEmpty()
  readonly dataDir: string;

  /** Connection URL of the PostgreSQL server (15 or newer); undefined: the embedded one in `dataDir`. */
  @Variable({
    name: 'DATABASE_URL',
    allowed: 'a URL such as postgres://user:password@host:5432/database',
    description: 'PostgreSQL server (15 or newer) to use. Unset: one that Tidings brings along, kept in DATA_DIR.',
    secret: true,
    read: (text) => (URL.canParse(text) ? text : ''),
  })
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//)
  readonly databaseUrl?: string;

  /** Most connections this process opens to the database. */
  @WholeNumber({
    name: 'DATABASE_POOL_SIZE',
    default: '10',
    min: 2,
    max: 1000,
    description: 'Most connections that one process opens to the database.',
  })
  readonly databasePoolSize: number;

  /** What this process does; never empty, no role twice. */
  @Variable({
    name: 'ROLES',
    default: ROLES.join(','),
    allowed: `a comma-separated list of ${ROLES.join(', ')}`,
    description: 'What this process does, so that the work can be split over several processes.',
    read: (text) => [...new Set(text.split(',').map((role) => role.trim()))],
  })
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(ROLES, { each: true })
  readonly roles: readonly Role[];

  /** Key that may do everything; undefined: one is made at first start and kept in `dataDir`. */
  @Variable({
    name: 'ADMIN_API_KEY',
    allowed: 'at least 16 characters without blanks',
    description: 'API key that may do everything. Unset: made at first start, shown once and kept in DATA_DIR.',
    secret: true,
  })
  @IsOptional()
  @MinLength(16)
  @Matches(/^\S+$/)
  readonly adminApiKey?: string;

  /** 32 bytes that vendor credentials and application secrets are encrypted with; undefined: kept in `dataDir`. */
  @Variable({
    name: 'SECRETS_KEY',
    allowed: '32 bytes as base64 or as 64 hexadecimal digits (openssl rand -hex 32)',
    description:
      'Key that stored credentials are encrypted with: 32 bytes as base64 or hex, the same in all processes. ' +
      'Unset: made at first start and kept in DATA_DIR.',
    secret: true,
    read: readSecretsKey,
  })
  @IsOptional()
  @IsInstance(Buffer)
  readonly secretsKey?: Buffer;

  /** Where vendors reach this server from outside, without a slash at its end; undefined: nowhere, so they are given no address. */
  @Variable({
    name: 'PUBLIC_URL',
    allowed: 'an http or https address without a path, such as https://push.example.com',
    description:
      'Address under which vendors reach this server for their receipts, such as https://push.example.com. Unset: none is told.',
    read: (text) => text.replace(/\/+$/, ''),
  })
  @IsOptional()
  @Matches(/^https?:\/\/[A-Za-z0-9.:[\]-]+$/)
  readonly publicUrl?: string;

  /** The least grave kind of line that is logged. */
  @Variable({
    name: 'LOG_LEVEL',
    default: 'log',
    allowed: `one of ${LOG_LEVELS.join(', ')}`,
    description: `How much is logged: ${LOG_LEVELS.join(', ')}, each including those before it.`,
  })
  @IsIn(LOG_LEVELS)
  readonly logLevel: LogLevel;

  /** Days after which delivery records are deleted. */
  @WholeNumber({
    name: 'DELIVERY_RETENTION_DAYS',
    default: '180',
    min: 1,
    max: 3650,
    description: 'Days that delivery records are kept.',
  })
  readonly deliveryRetentionDays: number;

  /** Largest request body, in bytes. */
  @WholeNumber({
    name: 'BODY_LIMIT_BYTES',
    default: String(1024 * 1024),
    min: 1024,
    max: 1024 * 1024 * 1024,
    description: 'Largest request body, in bytes; a larger one is answered 413.',
  })
  readonly bodyLimitBytes: number;

  /** Batches that one worker process sends at a time. */
  @WholeNumber({
    name: 'WORKER_CONCURRENCY',
    default: '4',
    min: 1,
    max: 256,
    description: 'Batches that one worker process sends at the same time.',
  })
  readonly workerConcurrency: number;

  /** Seconds that running work gets to finish after SIGTERM or SIGINT. */
  @WholeNumber({
    name: 'SHUTDOWN_GRACE_SECONDS',
    default: '10',
    min: 0,
    max: 600,
    description: 'Seconds that running work gets to finish when Tidings is told to stop.',
  })
  readonly shutdownGraceSeconds: number;

  /** TCP port of the embedded PostgreSQL on 127.0.0.1; 0: any free one. */
  @WholeNumber({
    name: 'EMBEDDED_POSTGRES_PORT',
    default: '0',
    min: 0,
    max: 65535,
    description: 'Port on 127.0.0.1 of the PostgreSQL that Tidings brings along; 0 takes any free one.',
  })
  readonly embeddedPostgresPort: number;
}
