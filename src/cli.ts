import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config/config-error.js';
import { configurationTable } from './config/configuration-table.js';
import { loadConfig } from './config/environment.js';
import { withDatabase } from './database/with-database.js';
import { migrate } from './database/migrate.js';
import { schemaDrift } from './database/drift.js';
import type { ApiDocument } from './docs/api-documents.js';

interface Command {
  usage: string;
  about: string;
  run(args: string[]): Promise<number>;
}

const RECONCILIATION = 'docs/reconciliation.md';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Each command returns its exit code. */
const COMMANDS: readonly Command[] = [
  {
    usage: 'config',
    about: 'list the environment variables and what they mean, as the README does',
    run: () => {
      print(configurationTable());
      return Promise.resolve(0);
    },
  },
  {
    usage: 'vendors',
    about: 'list what vendors can do, as docs/vendors.md does',
    run: async () => {
      const { capabilityTable } = await import('./vendors/capability-table.js');
      const { listDefinitions } = await import('./vendors/list-definitions.js');
      print(capabilityTable(await listDefinitions()));
      return 0;
    },
  },
  {
    usage: 'migrate',
    about: 'bring the database up to date (a start does this too)',
    run: async () => {
      await withDatabase(loadConfig(), (url) => migrate(url));
      print('The database is up to date.');
      return 0;
    },
  },
  {
    usage: 'migrations check',
    about: 'apply all migrations to an empty database and compare the result with the entities',
    run: async ([verb]) => (verb === 'check' ? onEmptyDatabase(checkDrift) : usage()),
  },
  {
    usage: 'openapi [folder]',
    about: 'write the OpenAPI documents (default: dist/openapi)',
    run: async ([folder = 'dist/openapi']) => onEmptyDatabase((url) => writeDocuments(url, folder)),
  },
  {
    usage: 'reconciliation [check]',
    about: `write ${RECONCILIATION} (then format it), or check that it tells every field of the dialects and no other`,
    run: async ([verb]) => onEmptyDatabase((url) => reconcile(url, verb === 'check')),
  },
];

function usage(): number {
  print('Usage: npm run cli -- <command>\n');
  for (const command of COMMANDS) print(`  ${command.usage.padEnd(22)}${command.about}`);
  return 2;
}

async function checkDrift(url: string): Promise<number> {
  await migrate(url);
  const changes = await schemaDrift(url);
  for (const change of changes) print(change);
  print(
    changes.length === 0
      ? 'Migrations and entities agree.'
      : `Migrations and entities differ in ${changes.length} places.`,
  );
  return changes.length === 0 ? 0 : 1;
}

async function writeDocuments(url: string, folder: string): Promise<number> {
  const documents = await readDocuments(url);
  await mkdir(folder, { recursive: true });
  for (const { name, document } of documents) {
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
    print(join(folder, `${name}.json`));
  }
  return 0;
}

async function reconcile(url: string, check: boolean): Promise<number> {
  const { fieldFaults, reconciliationPage, sameText } = await import('./docs/reconciliation/reconciliation-page.js');
  const documents = await readDocuments(url);
  const page = reconciliationPage(documents);
  const faults = fieldFaults(documents);
  if (!check) await writeFile(RECONCILIATION, page);
  else if (!sameText(await readFile(RECONCILIATION, 'utf8'), page))
    faults.push(`${RECONCILIATION} is not what the API documents say; write it anew`);
  for (const fault of faults) print(fault);
  print(faults.length === 0 ? 'Every field of the dialects is told of.' : `${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}

async function readDocuments(url: string): Promise<ApiDocument[]> {
  const { createApp } = await import('./create-app.js');
  const { apiDocuments } = await import('./docs/api-documents.js');
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-openapi-'));
  const app = await createApp(
    loadConfig({
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      ROLES: 'api',
      LOG_LEVEL: 'error',
      ADMIN_API_KEY: 'only-for-the-documents',
    }),
  );
  try {
    return apiDocuments(app);
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Runs `work` on an embedded database made for it and thrown away after. */
async function onEmptyDatabase(work: (url: string) => Promise<number>): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-cli-'));
  try {
    return await withDatabase(loadConfig({ DATA_DIR: dataDir }), work);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

Logger.overrideLogger(['warn', 'error', 'fatal']);
const [name, ...args] = process.argv.slice(2);
const command = COMMANDS.find((one) => one.usage.split(' ')[0] === name);
try {
  process.exitCode = command === undefined ? usage() : await command.run(args);
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
