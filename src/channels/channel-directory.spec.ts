import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { FakeClock } from '../../test/support/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { SecretBox } from '../access/secret-box.js';
import type { Clock } from '../common/clock.js';
import { loadConfig } from '../config/environment.js';
import { createDataSource } from '../database/data-source.js';
import { Tenants } from '../database/tenants.js';
import { InboxVendor } from '../vendors/inbox/inbox.js';
import { SmtpVendor } from '../vendors/smtp/smtp.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { AccountConfigs } from './account-configs.js';
import { AccountTrouble } from './account-trouble.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelRoutes } from './channel-routes.js';
import { Alerts } from './alerts/alerts.js';
import { OptionRules } from './option-rules.js';
import { ReceiptUrls } from './receipt-urls.js';
import { AccountPacer } from './pacing/account-pacer.js';
import { type ChannelView, ChannelService } from './channel.service.js';
import { VendorAccountService } from './vendor-account.service.js';

const START = new Date('2026-12-01T08:00:00Z');
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

/** The services of one process; two of them share nothing but the database. */
const processOver = (dataSource: DataSource, secretsKey: Buffer, clock: Clock) => {
  const config = loadConfig({ SECRETS_KEY: secretsKey.toString('base64') });
  const secretBox = new SecretBox(config);
  const vendors = new VendorRegistry([new InboxVendor(), new SmtpVendor()]);
  const tenants = new Tenants(dataSource);
  const configs = new AccountConfigs(secretBox, vendors);
  const receiptUrls = new ReceiptUrls(secretBox, config);
  const alerts = new Alerts(tenants, dataSource, clock);
  const directory = new ChannelDirectory(tenants, configs, receiptUrls, alerts, clock);
  const pacer = new AccountPacer(tenants, clock);
  const accounts = new VendorAccountService(tenants, clock, vendors, configs, secretBox, directory, pacer, receiptUrls);
  const routes = new ChannelRoutes(vendors, secretBox, clock);
  const channels = new ChannelService(tenants, clock, routes, new OptionRules(vendors), directory);
  return { directory, accounts, channels, trouble: new AccountTrouble(tenants, clock, directory, alerts) };
};

describe('ChannelDirectory', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let organisationId: number;
  let clock: FakeClock;
  const key = randomBytes(32);
  let here: ReturnType<typeof processOver>;
  let mail: ChannelView;

  /** The first account of the route of `mail`. */
  const accountNow = async () => {
    const account = (await here.directory.load(organisationId)).byCode('mail')?.route[0];
    if (account === undefined) throw new Error('The route is empty.');
    return account;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url, 3).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    clock = new FakeClock(START);
    const rows: { id: number }[] = await dataSource.query(
      `INSERT INTO organisation (code, name, locale, time_zone, enabled, created_at, updated_at)
       VALUES ($1, 'Acme', 'en', 'UTC', true, now(), now()) RETURNING id`,
      [randomBytes(4).toString('hex')],
    );
    organisationId = rows[0]?.id ?? 0;
    here = processOver(dataSource, key, clock);
    for (const code of ['one', 'two']) {
      await here.accounts.create(organisationId, {
        code,
        vendor: 'smtp',
        settings: { host: `${code}.example.com`, from: 'a@example.com', user: 'a', password: `secret ${code}` },
      });
    }
    mail = await here.channels.create(organisationId, { code: 'mail', kind: 'email', route: ['two', 'one'] });
  });

  it('gives channels with routes whose settings are complete', async () => {
    const channels = await here.directory.load(organisationId);
    const channel = channels.byCode('mail');
    expect(channel).toBe(channels.byId(mail.id));
    expect(channel).toMatchObject({ code: 'mail', kind: 'email', enabled: true, unknownPolicy: 'resend' });
    expect(channel?.route.map(({ code }) => code)).toEqual(['two', 'one']);
    const account = channel?.route[0];
    expect(account).toMatchObject({
      organisationId,
      vendor: 'smtp',
      serves: '',
      environment: 'production',
      enabled: true,
      pausedUntil: null,
      problem: null,
      settings: { host: 'two.example.com', port: 587, user: 'a', password: 'secret two' },
    });
    expect(channels.account(account?.id ?? 0)).toBe(account);
    expect(channels.byCode('nowhere')).toBeUndefined();
  });

  it('knows nothing of other organisations', async () => {
    const channels = await here.directory.load(organisationId + 1000);
    expect(channels.channels).toEqual([]);
    expect(channels.byId(mail.id)).toBeUndefined();
  });

  it('sees a change of this process at once, one of another within two seconds', async () => {
    const there = processOver(dataSource, key, clock);
    expect((await there.directory.load(organisationId)).byCode('mail')?.enabled).toBe(true);
    await here.channels.change(organisationId, 'mail', { enabled: false });
    expect((await here.directory.load(organisationId)).byCode('mail')?.enabled).toBe(false);
    expect((await there.directory.load(organisationId)).byCode('mail')?.enabled).toBe(true);
    await clock.advance(2_000);
    expect((await there.directory.load(organisationId)).byCode('mail')?.enabled).toBe(false);
  });

  it('asks the database once for many who ask at once', async () => {
    const [first, second] = await Promise.all([
      here.directory.load(organisationId),
      here.directory.load(organisationId),
    ]);
    expect(first).toBe(second);
  });

  it('leaves accounts alone whose secrets were sealed under another key, and names the reason when they are changed', async () => {
    Logger.overrideLogger(false);
    const other = processOver(dataSource, randomBytes(32), clock);
    const account = (await other.directory.load(organisationId)).byCode('mail')?.route[0];
    expect(account).toMatchObject({ code: 'two', settings: {}, problem: 'unreadable' });
    expect(account?.pausedUntil?.getTime()).toBeGreaterThan(clock.now().getTime());
    expect((await other.accounts.get(organisationId, 'two')).secrets).toEqual([]);
    await expect(other.accounts.change(organisationId, 'two', { settings: { port: 25 } })).rejects.toMatchObject({
      code: 'secrets_unreadable',
    });
  });

  describe('trouble with an account', () => {
    const throttled = { problem: 'throttled', code: '421', detail: 'Slow down.' } as const;

    it('pauses it for as long as the vendor says, else by the kind of trouble', async () => {
      const { id } = await accountNow();
      await here.trouble.report(organisationId, id, { ...throttled, afterSeconds: 5 });
      expect(await accountNow()).toMatchObject({ problem: 'throttled', pausedUntil: after(5) });
      await here.trouble.report(organisationId, id, throttled);
      expect(await accountNow()).toMatchObject({ pausedUntil: after(30) });
      await here.trouble.report(organisationId, id, { problem: 'credentials', code: '535', detail: 'No.' });
      expect(await accountNow()).toMatchObject({ problem: 'credentials', pausedUntil: after(300) });
      await here.trouble.report(organisationId, id, throttled);
      expect(await accountNow()).toMatchObject({ pausedUntil: after(300) });
      const { account } = await here.accounts.get(organisationId, 'two');
      expect(account.problemDetail).toBe('421: Slow down.');
    });

    it('is forgotten once it works, but not by a call from before the pause', async () => {
      const { id } = await accountNow();
      await here.trouble.report(organisationId, id, throttled);
      await here.trouble.clear(organisationId, id);
      expect(await accountNow()).toMatchObject({ problem: 'throttled', pausedUntil: after(30) });
      await clock.advance(30_000);
      await here.trouble.clear(organisationId, id);
      expect(await accountNow()).toMatchObject({ problem: null, pausedUntil: null });
    });

    it('that lasts is tried out by one call at a time, and left alone for longer each time', async () => {
      const { id } = await accountNow();
      const away = { problem: 'unreachable', code: 'timeout', detail: 'No answer.' } as const;
      for (const seconds of [30, 60, 120, 240, 300, 300]) {
        const until = await here.trouble.report(organisationId, id, away);
        expect(until.getTime() - clock.now().getTime()).toBe(seconds * 1000);
        await clock.set(until);
        const tries = await Promise.all(Array.from({ length: 8 }, () => here.trouble.probe(organisationId, id)));
        expect(tries.filter((later) => later === null)).toHaveLength(1);
      }
      await here.trouble.clear(organisationId, id);
      expect(await here.trouble.probe(organisationId, id)).toBeNull();
      expect(await here.trouble.report(organisationId, id, away)).toEqual(new Date(clock.now().getTime() + 30_000));
    });

    it('may be tried out again when the process died that did', async () => {
      const { id } = await accountNow();
      await here.trouble.report(organisationId, id, throttled);
      await clock.advance(30_000);
      expect(await here.trouble.probe(organisationId, id)).toBeNull();
      expect(await here.trouble.probe(organisationId, id)).not.toBeNull();
      await clock.advance(35_000);
      expect(await here.trouble.probe(organisationId, id)).toBeNull();
    });

    it('ends with new settings', async () => {
      const { id } = await accountNow();
      await here.trouble.report(organisationId, id, throttled);
      await here.accounts.change(organisationId, 'two', { name: 'Two' });
      expect(await accountNow()).toMatchObject({ problem: 'throttled' });
      await here.accounts.change(organisationId, 'two', { settings: { password: 'new' } });
      expect(await accountNow()).toMatchObject({ problem: null, pausedUntil: null, settings: { password: 'new' } });
    });
  });

  describe('a channel in use', () => {
    it.each([
      ['contents', { contents: { mail: { text: 'x' } } }],
      ['template channels', { template: { code: 't', params: {}, channels: ['mail'] } }],
      ['addresses', { audience: { addresses: { mail: ['a@example.com'] } } }],
    ])('is not deleted while a schedule names it by its %s', async (_, request) => {
      await dataSource.query(
        `INSERT INTO schedule (organisation_id, code, name, cron, time_zone, missed_run, state, request, created_at, updated_at)
         VALUES ($1, 'daily', 'Daily', '0 8 * * *', 'UTC', 'skip', 'paused', $2, now(), now())`,
        [organisationId, JSON.stringify(request)],
      );
      await expect(here.channels.delete(organisationId, 'mail')).rejects.toMatchObject({
        code: 'in_use',
        message: expect.stringContaining('daily'),
      });
      await dataSource.query('DELETE FROM schedule');
      await here.channels.delete(organisationId, 'mail');
    });

    it('is not deleted while a message waits', async () => {
      await dataSource.query(
        `INSERT INTO message (organisation_id, api, state, priority, category, audience, channels, options, unresolved,
                              created_at, ready_at, open_batches)
         VALUES ($1, 'native', 'scheduled', 1, '', '{}', $2, '{}', '{}', now(), now(), 0)`,
        [organisationId, JSON.stringify([{ channelId: mail.id, kind: 'email' }])],
      );
      await expect(here.channels.delete(organisationId, 'mail')).rejects.toMatchObject({ code: 'in_use' });
    });

    it('is not deleted when messages went over it', async () => {
      await dataSource.query('INSERT INTO message_statistic VALUES ($1, 1, $2, 1, 1, 1, 0, 0, 0, 0)', [
        organisationId,
        mail.id,
      ]);
      await expect(here.channels.delete(organisationId, 'mail')).rejects.toMatchObject({ code: 'in_use' });
    });

    it('keeps a vendor account that batches wait for', async () => {
      const spare = await here.accounts.create(organisationId, {
        code: 'spare',
        vendor: 'smtp',
        settings: { host: 'x', from: 'a@example.com' },
      });
      await dataSource.query(
        `INSERT INTO message (organisation_id, api, state, priority, category, audience, channels, options,
                                         unresolved, created_at, ready_at, open_batches)
                    VALUES ($1, 'native', 'sending', 1, '', '{}', '[]', '{}', '{}', now(), now(), 1)`,
        [organisationId],
      );
      await dataSource.query(
        `INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, endpoint_ids)
         SELECT $1, id, $2, $3, 1, 1, now(), '{1}' FROM message WHERE organisation_id = $1`,
        [organisationId, mail.id, spare.account.id],
      );
      await expect(here.accounts.delete(organisationId, 'spare')).rejects.toMatchObject({ code: 'in_use' });
    });
  });
});
