import { createHmac, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmtpSimulator } from '../../../test/support/vendors/smtp/smtp-simulator.js';
import type { Content } from '../../channels/channel-kind.js';
import { checkSettings } from '../account-settings.js';
import type { Outcome, SendResult, VendorAccountConfig, VerifyResult } from '../vendor.js';
import { SMTP } from './definition.js';
import { SmtpVendor } from './smtp.js';

const HELLO: Content = { title: 'Hello', text: 'Hi' };

describe('mail over SMTP', () => {
  let server: SmtpSimulator;
  let vendor: SmtpVendor;
  let port: number;

  beforeEach(async () => {
    server = new SmtpSimulator();
    port = await server.listen();
    vendor = new SmtpVendor();
  });

  afterEach(async () => {
    await vendor.close();
    await server.close();
  });

  function account(settings: Record<string, unknown> = {}): VendorAccountConfig {
    const plain = { host: '127.0.0.1', port, ignoreTLS: true, from: 'Example Ltd <news@example.com>', ...settings };
    const checked = checkSettings(SMTP, plain);
    return { id: 1, organisationId: 1, code: 'smtp', settings: { ...checked.settings, ...checked.secrets } };
  }

  /** An account that was saved before its settings were checked. */
  function oldAccount(settings: Record<string, unknown>): VendorAccountConfig {
    const { settings: good, ...rest } = account();
    return { ...rest, settings: { ...good, ...settings } };
  }

  function send(
    addresses: string[],
    { content = HELLO, settings = {}, from = account(settings), signal = new AbortController().signal } = {},
  ): Promise<SendResult> {
    return vendor.send({
      account: from,
      content,
      targets: addresses.map((address, index) => ({ reference: `ref-${index + 1}`, address })),
      tag: '1-1',
      priority: 'normal',
      category: 'notice',
      attempt: 1,
      options: {},
      signal,
    });
  }

  function verify(settings: Record<string, unknown>): Promise<VerifyResult> {
    return vendor.verify(oldAccount(settings), new AbortController().signal);
  }

  async function outcomeOf(address: string): Promise<Partial<Outcome>> {
    const { outcomes, account } = await send([address]);
    expect(account).toBeUndefined();
    const { detail: _, ...outcome } = outcomes[0] as Outcome & { detail?: string };
    return outcome;
  }

  it('arrives as written, one mail per person', async () => {
    const content = { title: 'Grüße 你好', text: 'Plain words', html: '<p>Rich <b>words</b></p>' };
    const { outcomes, account } = await send(['ada@example.org', 'bob@example.org'], {
      content,
      settings: { replyTo: 'desk@example.com', envelopeFrom: 'bounce+{reference}@example.com' },
    });
    expect(account).toBeUndefined();
    expect(outcomes).toEqual([
      { status: 'accepted', vendorReference: '<ref-1@example.com>' },
      { status: 'accepted', vendorReference: '<ref-2@example.com>' },
    ]);
    expect(server.received.map(({ to }) => to.join()).sort()).toEqual(['ada@example.org', 'bob@example.org']);
    const ada = server.received.find(({ to }) => to[0] === 'ada@example.org');
    expect(ada?.from).toBe('bounce+ref-1@example.com');
    expect(ada?.mail).toMatchObject({
      subject: 'Grüße 你好',
      messageId: '<ref-1@example.com>',
      from: { name: 'Example Ltd', address: 'news@example.com' },
      to: [{ address: 'ada@example.org' }],
      replyTo: [{ address: 'desk@example.com' }],
    });
    expect(ada?.mail.text?.trim()).toBe('Plain words');
    expect(ada?.mail.html?.trim()).toBe('<p>Rich <b>words</b></p>');
  });

  it('uses the words of the one person where there are any', async () => {
    await vendor.send({
      account: account(),
      content: { title: 'Hello', text: 'Everyone' },
      targets: [{ reference: 'r', address: 'ada@example.org', content: { title: 'Hello Ada', text: 'Only you' } }],
      tag: '1-1',
      priority: 'normal',
      category: 'notice',
      attempt: 1,
      options: {},
      signal: new AbortController().signal,
    });
    expect(server.received[0]?.mail.subject).toBe('Hello Ada');
    expect(server.received[0]?.mail.text?.trim()).toBe('Only you');
  });

  it('lets no title add headers or recipients', async () => {
    const title = 'Sale\r\nBcc: eve@example.org\r\n\r\nbody';
    await send(['ada@example.org'], { content: { title, text: 'Hi' } });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.to).toEqual(['ada@example.org']);
    expect(server.received[0]?.mail.bcc).toBeUndefined();
    expect(server.received[0]?.mail.subject).toBe('Sale Bcc: eve@example.org body');
  });

  it('sends from the sender itself when no envelope sender is set', async () => {
    await send(['ada@example.org']);
    expect(server.received[0]?.from).toBe('news@example.com');
  });

  it('signs both headers of one-click unsubscription', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await send(['ada@example.org'], {
      settings: {
        unsubscribeUrl: 'https://example.com/unsubscribe/{reference}',
        dkimDomain: 'example.com',
        dkimSelector: 's1',
        dkimPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      },
    });
    const raw = server.received[0]?.raw ?? '';
    const signed = /DKIM-Signature:[\s\S]*?\bh=([^;]*);/.exec(raw)?.[1]?.replace(/\s/g, '').toLowerCase().split(':');
    expect(signed).toEqual(expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']));
    expect(raw).toContain('List-Unsubscribe: <https://example.com/unsubscribe/ref-1>');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it.each([
    ['550 5.1.1 No such user', { status: 'address-gone', code: '5.1.1' }],
    ['450 4.2.1 Try later', { status: 'retry', code: '4.2.1' }],
    ['552 5.2.2 Mailbox full', { status: 'retry', code: '5.2.2' }],
    ['554 5.7.1 Rejected by policy', { status: 'rejected', code: '5.7.1' }],
    ['550 User unknown or not', { status: 'rejected', code: '550' }],
  ])('judges a recipient refused with %s', async (script, expected) => {
    server.atRcpt.set('ada@example.org', script);
    expect(await outcomeOf('ada@example.org')).toEqual(expected);
  });

  it.each([
    ['552 5.3.4 Too big', { status: 'rejected', code: '5.3.4' }],
    ['451 4.3.0 Busy', { status: 'retry', code: '4.3.0' }],
  ])('judges a mail refused with %s', async (script, expected) => {
    server.atData.set('ada@example.org', script);
    expect(await outcomeOf('ada@example.org')).toEqual(expected);
  });

  it('keeps the outcomes in the order of the targets when some are refused', async () => {
    server.atRcpt.set('gone@example.org', '550 5.1.1 No such user');
    server.atRcpt.set('full@example.org', '452 4.2.2 Mailbox full');
    const { outcomes } = await send(['ada@example.org', 'gone@example.org', 'bob@example.org', 'full@example.org']);
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'address-gone', 'accepted', 'retry']);
  });

  it('does not know what became of a mail whose answer was lost', async () => {
    server.atData.set('ada@example.org', 'drop');
    expect(await outcomeOf('ada@example.org')).toEqual({ status: 'unknown', code: 'answer-lost' });
    expect(server.received).toHaveLength(1);
  });

  it('tries again when the connection broke before the mail was handed over', async () => {
    server.atRcpt.set('ada@example.org', 'drop');
    expect(await outcomeOf('ada@example.org')).toEqual({ status: 'retry', code: 'connection-lost' });
  });

  it('tries again when the connection broke in the middle of the mail', async () => {
    server.atData.set('ada@example.org', 'cut');
    const text = `${'x'.repeat(70)}\n`.repeat(150_000);
    const { outcomes } = await send(['ada@example.org'], { content: { title: 'Long', text } });
    expect(outcomes[0]).toMatchObject({ status: 'retry', code: 'connection-lost' });
  });

  it('refuses an address that is none without asking the server', async () => {
    const wrong = ['ada', 'a@b@c', 'a@x.org, b@x.org', 'a@x.org\r\nRCPT TO:<b@x.org>', '<a@x.org>', ''];
    const { outcomes, account } = await send(wrong);
    expect(account).toBeUndefined();
    expect(outcomes.map(({ status }) => status)).toEqual(wrong.map(() => 'address-gone'));
    expect(server.received).toHaveLength(0);
  });

  it('reports wrong credentials once, not for every target', async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `u${index}@example.org`);
    const { outcomes, account } = await send(addresses, {
      settings: { user: 'tidings', password: 'wrong', maxConnections: 2 },
    });
    expect(account).toMatchObject({ problem: 'credentials', code: '535' });
    expect(outcomes.map(({ status }) => status)).toEqual(addresses.map(() => 'retry'));
    expect(server.signIns).toBeLessThanOrEqual(2);
    expect(JSON.stringify({ outcomes, account })).not.toContain('wrong"');
  });

  it('signs in with the right ones', async () => {
    const { outcomes } = await send(['ada@example.org'], { settings: { user: 'tidings', password: 'right' } });
    expect(outcomes[0]?.status).toBe('accepted');
    expect(server.signIns).toBe(1);
  });

  it('blames a refused sender on the account, never on the recipient', async () => {
    server.atMail.set('news@example.com', '550 5.1.1 Sender unknown');
    const { outcomes, account } = await send(['ada@example.org']);
    expect(account).toMatchObject({ problem: 'credentials', code: '5.1.1' });
    expect(outcomes[0]).toMatchObject({ status: 'retry' });
  });

  it('reports a server that is not there', async () => {
    await server.close();
    const { outcomes, account } = await send(['ada@example.org', 'bob@example.org']);
    expect(account).toMatchObject({ problem: 'unreachable', code: 'ECONNREFUSED' });
    expect(outcomes).toHaveLength(2);
    expect(outcomes.every(({ status }) => status === 'retry')).toBe(true);
  });

  it('reports a server that hangs up before it greets', async () => {
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const { outcomes, account } = await send(['ada@example.org'], {
      settings: { port: (rude.address() as AddressInfo).port },
    });
    rude.close();
    expect(account).toMatchObject({ problem: 'unreachable' });
    expect(outcomes[0]).toMatchObject({ status: 'retry' });
  });

  it('encrypts, and does not send to a server whose certificate is not valid', async () => {
    const tls = { ignoreTLS: false };
    const refused = await send(['ada@example.org'], { settings: tls });
    expect(refused.account).toMatchObject({ problem: 'unreachable' });
    expect(server.received).toHaveLength(0);
    const taken = await send(['ada@example.org'], { settings: { ...tls, tlsRejectUnauthorized: false } });
    expect(taken.outcomes[0]?.status).toBe('accepted');
    expect(server.received[0]?.secure).toBe(true);
  });

  it('uses no more connections than it may, over several calls', async () => {
    const addresses = Array.from({ length: 10 }, (_, index) => `u${index}@example.org`);
    const settings = { maxConnections: 2 };
    const results = await Promise.all([send(addresses, { settings }), send(addresses, { settings })]);
    expect(results.flatMap(({ outcomes }) => outcomes).every(({ status }) => status === 'accepted')).toBe(true);
    expect(server.received).toHaveLength(20);
    expect(server.mostConnections).toBe(2);
  });

  it('stops at its deadline: sent mail without an answer is unknown, the rest is tried again', async () => {
    server.atData.set('slow@example.org', 'silence');
    const deadline = new AbortController();
    server.onMail = () => deadline.abort();
    const { outcomes } = await send(['slow@example.org', 'late@example.org'], {
      settings: { maxConnections: 1 },
      signal: deadline.signal,
    });
    expect(outcomes).toMatchObject([
      { status: 'unknown', code: 'answer-lost' },
      { status: 'retry', code: 'aborted' },
    ]);
  });

  it('uses changed settings at once', async () => {
    await send(['ada@example.org']);
    await send(['ada@example.org'], { settings: { from: 'other@example.net' } });
    expect(server.received.map(({ from }) => from)).toEqual(['news@example.com', 'other@example.net']);
  });

  it('does not send with a DKIM key it cannot use', async () => {
    const settings = { dkimDomain: 'example.com', dkimSelector: 's1', dkimPrivateKey: 'not a key' };
    const { outcomes, account } = await send(['ada@example.org'], { from: oldAccount(settings) });
    expect(account).toMatchObject({ problem: 'credentials', code: 'settings' });
    expect(outcomes).toMatchObject([{ status: 'retry', code: 'settings' }]);
    expect(server.received).toHaveLength(0);
  });

  it('asks a server that can for reports under the name of the delivery', async () => {
    await send(['ada+x@example.org']);
    expect(server.received[0]).toMatchObject({
      mailParameters: { RET: 'HDRS', ENVID: 'ref-1' },
      rcptParameters: { NOTIFY: 'FAILURE,DELAY', ORCPT: 'rfc822;ada+x@example.org' },
    });
  });

  it('asks for no report where it is told not to, or the server cannot', async () => {
    await send(['ada@example.org'], { settings: { dsn: false } });
    await server.close();
    const plain = new SmtpSimulator({ offersDsn: false });
    await send(['ada@example.org'], { settings: { port: await plain.listen() } });
    await plain.close();
    const received = [...server.received, ...plain.received];
    expect(received.map(({ mailParameters, rcptParameters }) => [mailParameters, rcptParameters])).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('signs the name of the delivery wherever a bounce brings it back, and nowhere else', async () => {
    const settings = {
      bounceSecret: 'a secret of the tests',
      envelopeFrom: 'bounce+{reference}@example.com',
      unsubscribeUrl: 'https://example.com/unsubscribe/{reference}',
    };
    await send(['ada@example.org'], { settings });
    const signed = `ref-1.${createHmac('sha256', 'a secret of the tests').update('ref-1').digest('hex').slice(0, 12)}`;
    expect(server.received[0]).toMatchObject({
      from: `bounce+${signed}@example.com`,
      mailParameters: { ENVID: signed },
      mail: { messageId: `<${signed}@example.com>` },
    });
    expect(server.received[0]?.raw).toContain('List-Unsubscribe: <https://example.com/unsubscribe/ref-1>');
  });

  describe('verified', () => {
    it('says what was tried', async () => {
      expect(await verify({ user: 'tidings', password: 'right' })).toEqual({
        ok: true,
        detail: `127.0.0.1:${port} answers and accepts the sign-in of tidings.`,
      });
      expect(server.received).toHaveLength(0);
    });

    it.each([
      [{ user: 'tidings', password: 'wrong' }, /refuses the sign-in: .*535 5\.7\.8/],
      [{ port: 1 }, /127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/],
      [{ from: 'nobody' }, /The setting from/],
      [{ dkimDomain: 'example.com' }, /dkimSelector/],
    ])('explains what is wrong with %j', async (settings, explanation) => {
      const result = await verify(settings);
      expect(result.ok).toBe(false);
      expect(result.detail).toMatch(explanation);
    });
  });
});
