import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { OptionRules } from '../channels/option-rules.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { createDataSource } from '../database/data-source.js';
import { Tenants } from '../database/tenants.js';
import { TemplateDirectory } from './template-directory.js';
import { Templates } from './templates.js';

describe('deleting a template', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let templates: Templates;
  let one: number;
  let two: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url, 2).initialize();
    const tenants = new Tenants(dataSource);
    const clock = new FakeClock();
    const rules = new OptionRules(new VendorRegistry([]));
    templates = new Templates(tenants, new TemplateDirectory(tenants, clock), rules, clock);
    const rows: { id: number }[] = await dataSource.query(
      `INSERT INTO organisation (code, name, locale, time_zone, enabled, created_at, updated_at)
       VALUES ('one', 'One', 'en', 'UTC', true, now(), now()), ('two', 'Two', 'en', 'UTC', true, now(), now()) RETURNING id`,
    );
    [one, two] = rows.map(({ id }) => id) as [number, number];
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is refused while a schedule of the same organisation uses it, which is named', async () => {
    const template = { code: 'USED', name: 'Used', category: 'notice', contents: { sms: { en: { text: 'a' } } } };
    await templates.create(one, template);
    await templates.create(two, template);
    await dataSource.query(
      `INSERT INTO schedule (organisation_id, code, name, cron, time_zone, missed_run, state, request, created_at, updated_at)
       VALUES ($1, 'nightly', 'Nightly', '0 1 * * *', 'UTC', 'skip', 'paused', $2, now(), now())`,
      [one, { audience: { all: true }, template: { code: 'USED', params: {} } }],
    );
    await expect(templates.delete(one, 'USED')).rejects.toMatchObject({
      status: 409,
      code: 'in_use',
      message: expect.stringContaining('the schedule nightly'),
    });
    await templates.delete(two, 'USED');
    await expect(templates.get(two, 'USED')).rejects.toMatchObject({ status: 404 });
    expect(await templates.get(one, 'USED')).toMatchObject({ draftVersion: 1 });
  });
});
