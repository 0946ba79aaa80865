import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { OptionRules } from '../channels/option-rules.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { createDataSource } from '../database/data-source.js';
import { Tenants } from '../database/tenants.js';
import { TemplateDirectory } from './template-directory.js';
import { TemplateVersions } from './template-versions.js';
import { Templates } from './templates.js';

const sms = (text: string) => ({ sms: { en: { text } } });

describe('TemplateDirectory', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const clock = new FakeClock();
  /** The services of one process; two of them share nothing but the database. */
  const processOver = () => {
    const tenants = new Tenants(dataSource);
    const directory = new TemplateDirectory(tenants, clock);
    const rules = new OptionRules(new VendorRegistry([]));
    const versions = new TemplateVersions(tenants, directory, rules, clock);
    return { directory, versions, templates: new Templates(tenants, directory, rules, clock) };
  };
  let here: ReturnType<typeof processOver>;
  let there: ReturnType<typeof processOver>;
  let organisationId: number;
  let code: string;
  let templateId: number;

  const textOf = async (directory: TemplateDirectory): Promise<string | undefined> =>
    (await directory.published(organisationId, code))?.contents.sms?.en?.text;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url, 3).initialize();
    const rows: { id: number }[] = await dataSource.query(
      `INSERT INTO organisation (code, name, locale, time_zone, enabled, created_at, updated_at)
       VALUES ('one', 'One', 'en', 'UTC', true, now(), now()), ('two', 'Two', 'en', 'UTC', true, now(), now()) RETURNING id`,
    );
    organisationId = rows[0]?.id ?? 0;
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    here = processOver();
    there = processOver();
    code = `T${Math.random()}`;
    const template = { code, name: 'T', category: 'notice', contents: sms('first') };
    templateId = (await here.templates.create(organisationId, template)).id;
  });

  it('finds a first publishing at once, though there was none before', async () => {
    expect(await textOf(there.directory)).toBeUndefined();
    await here.versions.publish(organisationId, code, 1);
    expect(await textOf(there.directory)).toBe('first');
    expect(await there.directory.published(organisationId, code)).toMatchObject({
      templateId,
      code,
      version: 1,
      category: 'notice',
      variables: [],
    });
  });

  it('sees a change at once where it was made, and elsewhere within two seconds', async () => {
    await here.versions.publish(organisationId, code, 1);
    await here.versions.create(organisationId, code, { contents: sms('second') });
    expect([await textOf(here.directory), await textOf(there.directory)]).toEqual(['first', 'first']);
    await here.versions.publish(organisationId, code, 2);
    expect([await textOf(here.directory), await textOf(there.directory)]).toEqual(['second', 'first']);
    await clock.advance(2_000);
    expect(await textOf(there.directory)).toBe('second');
    await here.versions.archive(organisationId, code, 2);
    expect(await textOf(here.directory)).toBeUndefined();
  });

  it('reads a draft anew each time and a published version once', async () => {
    const version = async (): Promise<unknown> =>
      (await there.directory.version(organisationId, templateId, 1)).contents;
    await version();
    await here.versions.replace(organisationId, code, 1, { contents: sms('edited') });
    expect(await version()).toEqual(sms('edited'));
    await here.versions.publish(organisationId, code, 1);
    const read = await version();
    await here.versions.archive(organisationId, code, 1);
    expect(read).toEqual(sms('edited'));
    expect(await version()).toBe(read);
  });

  it('finds a version in any state by code, and nothing of another organisation', async () => {
    expect(await here.directory.byCodeVersion(organisationId, code, 1)).toMatchObject({ templateId, version: 1 });
    expect(await here.directory.byCodeVersion(organisationId, code, 2)).toBeUndefined();
    expect(await here.directory.byCodeVersion(organisationId + 1, code, 1)).toBeUndefined();
    await here.versions.publish(organisationId, code, 1);
    await here.directory.version(organisationId, templateId, 1);
    await here.directory.published(organisationId, code);
    expect(await here.directory.published(organisationId + 1, code)).toBeUndefined();
    await expect(here.directory.version(organisationId + 1, templateId, 1)).rejects.toMatchObject({ status: 404 });
  });
});
