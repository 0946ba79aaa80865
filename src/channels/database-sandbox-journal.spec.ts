import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { FakeClock } from '../../test/support/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { createDataSource } from '../database/data-source.js';
import { Tenants } from '../database/tenants.js';
import type { SandboxEntryTarget } from '../vendors/sandbox/sandbox-journal.js';
import { DatabaseSandboxJournal } from './database-sandbox-journal.js';
import { SandboxMessages } from './sandbox-messages.js';

const DAY = 24 * 3600 * 1000;

const to = (...addresses: string[]): SandboxEntryTarget[] =>
  addresses.map((address) => ({ reference: `r-${address}`, address, status: 'accepted' }));

describe('DatabaseSandboxJournal', () => {
  const clock = new FakeClock();
  let database: TestDatabase;
  let dataSource: DataSource;
  let journal: DatabaseSandboxJournal;
  let messages: SandboxMessages;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url, 2).initialize();
    journal = new DatabaseSandboxJournal(new Tenants(dataSource), dataSource, clock);
    messages = new SandboxMessages(new Tenants(dataSource));
    await dataSource.query(
      `INSERT INTO organisation (id, code, name, locale, time_zone, enabled, created_at, updated_at)
       SELECT id, 'o' || id, 'O', 'en', 'UTC', true, now(), now() FROM generate_series(1, 4) AS id`,
    );
    await dataSource.query(
      `INSERT INTO vendor_account (organisation_id, id, code, name, vendor, serves, environment, enabled, settings,
                                   receipt_secret_sealed, created_at, updated_at)
       SELECT o.id, a.id, 'a' || a.id, 'A', 'sandbox', '', 'production', true, '{}', '', now(), now()
         FROM organisation o, generate_series(1, 2) AS a(id)`,
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const append = (organisationId: number, vendorAccountId: number, targets: SandboxEntryTarget[]): Promise<void> =>
    journal.append({ organisationId, vendorAccountId, attempt: 1, content: { text: 'Hello' }, targets });
  const addresses = async (organisationId: number, accountId = 1): Promise<string[]> =>
    (await messages.newest(organisationId, accountId, { take: 100 })).map(({ address }) => address);

  it('shows each person what they got, newest first', async () => {
    await append(1, 1, to('a', 'b'));
    await append(1, 1, [
      { reference: 'r1', address: 'c', status: 'rejected', code: 'blocked', content: { text: 'Hello Ann' } },
    ]);
    const [newest, ...older] = await messages.newest(1, 1, { take: 10 });
    expect(newest).toMatchObject({
      address: 'c',
      status: 'rejected',
      code: 'blocked',
      reference: 'r1',
      attempt: 1,
      content: { text: 'Hello Ann' },
      at: clock.now(),
    });
    expect(older).toMatchObject([
      { address: 'b', status: 'accepted', code: null, content: { text: 'Hello' } },
      { address: 'a', status: 'accepted', code: null, content: { text: 'Hello' } },
    ]);
    expect(await addresses(1, 2)).toEqual([]);
    expect(await addresses(2)).toEqual([]);
  });

  it('goes on where a page ended, within a call and over calls', async () => {
    const seen: string[] = [];
    let before: string | undefined;
    for (let page = 0; page < 4; page++) {
      const [message] = await messages.newest(1, 1, { before, take: 1 });
      if (message) seen.push(message.address);
      before = message?.id ?? before;
    }
    expect(seen).toEqual(['c', 'b', 'a']);
  });

  it('finds an address exactly', async () => {
    expect(await messages.newest(1, 1, { address: 'b', take: 10 })).toMatchObject([{ address: 'b' }]);
    expect(await messages.newest(1, 1, { address: 'B', take: 10 })).toEqual([]);
  });

  it('forgets the oldest of each organisation', async () => {
    await append(3, 1, to('old'));
    await clock.advance(31 * DAY);
    for (const address of ['x1', 'x2', 'x3']) await append(3, 1, to(address));
    await append(4, 1, to('y1'));
    // Of organisations 1 and 3 three calls are older than 30 days, and of 3 one is more than the newest two.
    expect(await journal.trim(2)).toBe(4);
    expect(await addresses(3)).toEqual(['x3', 'x2']);
    expect(await addresses(4)).toEqual(['y1']);
    expect(await addresses(1)).toEqual([]);
    expect(await journal.trim(2)).toBe(0);
  });
});
