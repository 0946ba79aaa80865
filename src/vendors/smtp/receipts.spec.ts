import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import {
  absenceNote,
  type BouncedMail,
  eximBounce,
  exchangeBounce,
  gmailBounce,
  oldEximBounce,
  oldEximWarning,
  postfixBounce,
  qmailBounce,
} from '../../../test/support/vendors/smtp/bounces.js';
import { SmtpSimulator } from '../../../test/support/vendors/smtp/smtp-simulator.js';
import { vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import type { ReceiptReading, VendorAccountConfig } from '../vendor.js';
import { SMTP } from './definition.js';
import { readMail } from './mime.js';
import { SmtpVendor } from './smtp.js';

const NOW = new Date('2026-12-03T00:00:00Z');
const HOST = { host: '127.0.0.1', ignoreTLS: true, from: 'Example Ltd <news@example.com>' };

/** A mail of an account whose bounces go to an address of the delivery. */
const MAIL: BouncedMail = {
  returnPath: 'bounce+16-1-1@example.com',
  messageId: '<16-1-1@example.com>',
  recipient: 'ada@example.org',
};
/** One of an account whose bounces go to the sender. */
const PLAIN: BouncedMail = { ...MAIL, returnPath: 'news@example.com' };

const vendor = new SmtpVendor();
const verp = vendorAccount(SMTP, { ...HOST, envelopeFrom: 'bounce+{reference}@example.com' });
const plain = vendorAccount(SMTP, HOST);

function read(body: string, account: VendorAccountConfig = plain): ReceiptReading {
  return vendor.readReceipts({ account, url: 'https://push.example.com/r', headers: {}, query: {}, body, now: NOW });
}

/** Receipts in short: `16-1-1 failed 5.1.1`. */
function told(body: string, account?: VendorAccountConfig): string[] {
  const { receipts, answer } = read(body, account);
  expect(answer).toEqual({ status: 204 });
  return receipts.map((receipt) =>
    ['reference' in receipt ? receipt.reference : '?', receipt.status, receipt.code].filter(Boolean).join(' '),
  );
}

const BOUNCES: [name: string, bounce: (mail: BouncedMail) => string, told: string][] = [
  ['Postfix', postfixBounce, '16-1-1 address-gone 5.1.1'],
  ['Exchange', exchangeBounce, '16-1-1 address-gone 5.1.10'],
  ['Exim', eximBounce, '16-1-1 address-gone 5.1.1'],
  ['Gmail', gmailBounce, '16-1-1 address-gone 5.1.1'],
  ['an old Exim', oldEximBounce, '16-1-1 failed 5.1.1'],
  ['qmail', qmailBounce, '16-1-1 failed 5.1.1'],
];

describe('a bounce', () => {
  it.each(BOUNCES)('of %s is known by the address that it came to', (_name, bounce, expected) => {
    const unknown = { ...MAIL, messageId: '<rewritten@relay.example>' };
    expect(told(bounce(unknown), verp)).toEqual([expected]);
  });

  it.each(BOUNCES)('of %s is known by the Message-ID of the mail it returns', (_name, bounce, expected) => {
    expect(told(bounce(PLAIN))).toEqual([expected]);
  });

  it('is known by the envelope id where the mail got another Message-ID', () => {
    const renamed = { ...PLAIN, messageId: '<0102018f@email.amazonses.com>' };
    expect(told(postfixBounce(renamed, { envelopeId: '16-1-1' }))).toEqual(['16-1-1 address-gone 5.1.1']);
  });

  it('is known by its mail where a server on the way gave an envelope id of its own', () => {
    expect(told(postfixBounce(PLAIN, { envelopeId: 'QQ123456' }))).toEqual(['16-1-1 address-gone 5.1.1']);
  });

  it('is told with the time at which it was written', () => {
    expect(read(postfixBounce(PLAIN)).receipts).toEqual([
      { reference: '16-1-1', status: 'address-gone', code: '5.1.1', at: new Date('2026-12-01T02:00:03Z') },
    ]);
  });

  it.each(['never', '-271820-01-01T00:00:00Z'])('that says it was written %s is told as of now', (date) => {
    const bounce = postfixBounce(PLAIN).replace(/^Date: .*$/m, `Date: ${date}`);
    expect(read(bounce).receipts).toMatchObject([{ at: NOW }]);
  });

  it('may come as a mail server pipes it, after a line of mbox', () => {
    const piped = `From MAILER-DAEMON  Tue Dec  1 02:00:03 2026\n${postfixBounce(PLAIN)}`;
    expect(told(piped)).toEqual(['16-1-1 address-gone 5.1.1']);
    expect(told(piped.replaceAll('\r\n', '\n'))).toEqual(['16-1-1 address-gone 5.1.1']);
  });

  it('of another sender in the same mailbox says nothing', () => {
    expect(told(postfixBounce({ ...PLAIN, messageId: '<16-1-1@example.com.evil.example>' }))).toEqual([]);
    expect(told(postfixBounce({ ...MAIL, returnPath: 'xbounce+16-1-1@example.com' }), verp)).toEqual([
      '16-1-1 address-gone 5.1.1',
    ]);
    const stranger = { ...MAIL, returnPath: 'bounce+16-1-1@example.com.evil.example', messageId: '<a@b.example>' };
    expect(told(postfixBounce(stranger), verp)).toEqual([]);
  });
});

describe('what a bounce reports', () => {
  it.each([
    ['failed', '5.1.2', ['16-1-1 address-gone 5.1.2']],
    ['failed', '5.2.2', ['16-1-1 failed 5.2.2']],
    ['failed', '5.7.26', ['16-1-1 failed 5.7.26']],
    ['failed', '5.7.57', ['16-1-1 failed 5.7.57']],
    ['failed', '4.4.7', ['16-1-1 failed 4.4.7']],
    ['failed', 'unclear', ['16-1-1 failed bounced']],
    ['delayed', '4.4.1', []],
    ['delivered', '2.0.0', ['16-1-1 delivered']],
    ['Delivered (to mailbox)', '2.1.5', ['16-1-1 delivered']],
    ['relayed', '2.0.0', []],
    ['expanded', '2.0.0', []],
    ['unheard-of', '5.1.1', []],
  ])('as %s with status %s becomes %j', (action, status, expected) => {
    expect(told(postfixBounce(PLAIN, { action, status, diagnosis: 'x-unix; nothing' }))).toEqual(expected);
  });

  it.each([
    ['smtp; 550 5.1.1 unknown', '5.1.1', 'address-gone'],
    ['smtp;550-5.2.1 disabled', '5.2.1', 'failed'],
    ['smtp; 5.4.1 refused', '5.4.1', 'failed'],
    ['smtp; 550 unknown', '5.0.0', 'failed'],
  ])('with a status that says nothing, and the diagnosis %s, goes by %s', (diagnosis, code, status) => {
    const bounce = postfixBounce(PLAIN, { status: '5.0.0', diagnosis });
    expect(told(bounce)).toEqual([`16-1-1 ${status} ${code}`]);
  });

  it('of an address that ours is forwarded to is not held against ours', () => {
    expect(told(postfixBounce(PLAIN, { final: 'ada@elsewhere.example' }))).toEqual(['16-1-1 failed 5.1.1']);
  });

  it('of ours in another spelling is', () => {
    const shouted = eximBounce(PLAIN).replace('rfc822;ada@example.org', 'rfc822; <Ada@EXAMPLE.org>');
    expect(told(shouted)).toEqual(['16-1-1 address-gone 5.1.1']);
  });

  it('of several recipients is told of each, and of none as gone unless it is ours', () => {
    const group = 'Final-Recipient: rfc822; bob@elsewhere.example\r\nAction: failed\r\nStatus: 5.1.1\r\n';
    const both = postfixBounce(PLAIN).replace('Final-Recipient', `${group}\r\nFinal-Recipient`);
    expect(told(both)).toEqual(['16-1-1 failed 5.1.1', '16-1-1 address-gone 5.1.1']);
    const nameless = both.replace(/^Original-Recipient.*\r\n/m, '').replace(/^To: ada.*\r\n/m, '');
    expect(told(nameless)).toEqual(['16-1-1 failed 5.1.1', '16-1-1 failed 5.1.1']);
  });

  it('encoded as base64 is read', () => {
    const bounce = postfixBounce(PLAIN);
    const [, status = ''] = /message\/delivery-status\r\n\r\n([\s\S]*?)\r\n\r\n--4Zx/.exec(bounce) ?? [];
    const encoded = Buffer.from(status).toString('base64');
    const head = 'message/delivery-status\r\n';
    expect(
      told(bounce.replace(`${head}\r\n${status}`, `${head}Content-Transfer-Encoding: base64\r\n\r\n${encoded}`)),
    ).toEqual(['16-1-1 address-gone 5.1.1']);
  });
});

describe('a mail that is no bounce', () => {
  it.each([
    ['a warning that it is late', oldEximWarning(MAIL)],
    ['a note of absence', absenceNote(MAIL)],
    [
      'an answer',
      'From: ada@example.org\r\nTo: bounce+16-1-1@example.com\r\nSubject: Hi. This is the\r\n\r\nThank you.',
    ],
  ])('such as %s is taken and says nothing', (_name, mail) => {
    expect(told(mail, verp)).toEqual([]);
  });

  it.each(['', 'nonsense', '{"receipts":[{"reference":"16-1-1","status":"delivered"}]}', '\0\0', 'a: b\r\n\r\n'])(
    'and no mail at all (%j) is refused',
    (body) => {
      expect(read(body)).toEqual({ receipts: [], answer: { status: 400 } });
    },
  );
});

describe('bounces of an account with a secret', () => {
  let server: SmtpSimulator;
  let account: VendorAccountConfig;

  beforeEach(async () => {
    server = new SmtpSimulator();
    const bounceSecret = 'a secret of the tests';
    const envelopeFrom = 'bounce+{reference}@example.com';
    account = vendorAccount(SMTP, { ...HOST, port: await server.listen(), bounceSecret, envelopeFrom });
  });

  afterEach(async () => {
    await vendor.close();
    await server.close();
  });

  it.each(['returnPath', 'messageId', 'envelopeId'] as const)('are believed by their %s alone', async (name) => {
    await vendor.send(vendorRequest(account, ['ada@example.org']));
    const [sent] = server.received;
    const { ENVID } = (sent?.mailParameters ?? {}) as Record<string, string>;
    const names = { returnPath: sent?.from, messageId: sent?.mail.messageId, envelopeId: ENVID };
    const { envelopeId = 'X', ...rest } = { ...PLAIN, messageId: '<m@relay.example>', [name]: names[name] };
    expect(told(postfixBounce({ ...PLAIN, ...rest }, { envelopeId }), account)).toEqual(['16-1-1 address-gone 5.1.1']);
  });

  it.each(['16-1-1', '16-1-1.000000000000', '16-1-1.', '.abcdefabcdef'])('are not when they say %s', (id) => {
    const forged = { ...MAIL, returnPath: `bounce+${id}@example.com`, messageId: `<${id}@example.com>` };
    expect(told(postfixBounce(forged, { envelopeId: id }), account)).toEqual([]);
  });
});

describe('two other readers of mail', () => {
  interface Read {
    type: string;
    text: string;
  }

  const readers: [name: string, read: (mail: string) => Promise<Read[]>][] = [
    [
      'mailparser',
      async (mail) => {
        const { attachments } = await simpleParser(mail, { keepDeliveryStatus: true });
        return attachments.map(({ contentType, content }) => ({ type: contentType, text: content.toString() }));
      },
    ],
    [
      'postal-mime',
      async (mail) => {
        const options = { forceRfc822Attachments: true, attachmentEncoding: 'utf8' } as const;
        const { attachments } = await PostalMime.parse(mail, options);
        return attachments.map(({ mimeType, content }) => ({ type: mimeType, text: content as string }));
      },
    ],
  ];
  const withoutSpaces = (text = ''): string => text.replace(/\s+/g, ' ').trim();

  describe.each(readers)('as %s', (_reader, readParts) => {
    it.each(BOUNCES.slice(0, 4))('find the same parts in the report of %s', async (_name, bounce) => {
      const mail = bounce(MAIL);
      const parts = readMail(mail).parts.map(({ type, body }) => ({ type, text: withoutSpaces(body) }));
      const reports = (await readParts(mail)).filter(({ type }) => /^message\/|rfc822/.test(type));
      expect(reports).toHaveLength(2);
      for (const { type, text } of reports) expect(parts).toContainEqual({ type, text: withoutSpaces(text) });
    });
  });
});

describe('hostile mail', () => {
  it('never throws, whatever is cut out of it or repeated in it', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let round = 0; round < 2_000; round++) {
      const [, bounce] = BOUNCES[round % BOUNCES.length] ?? ['', postfixBounce];
      let mail = bounce(MAIL);
      for (let change = 0; change <= random(6); change++) {
        const [from, to] = [random(mail.length), random(mail.length)].sort((a, b) => a - b) as [number, number];
        mail = mail.slice(0, from) + (random(2) === 0 ? '' : mail.slice(from, to).repeat(2)) + mail.slice(to);
      }
      const { receipts, answer } = read(mail, verp);
      expect([204, 400]).toContain(answer.status);
      for (const receipt of receipts) expect(receipt.at.getTime()).not.toBeNaN();
    }
  });

  it.each([
    ['brackets', `To: ${'<'.repeat(200_000)}`],
    ['spaces', `To: <a>${' '.repeat(200_000)}x`],
    ['words', `To: ${'bounce+a'.repeat(25_000)}`],
    ['dashes', `X: y\r\nX-Failed-Recipients: a\r\n\r\n${'-'.repeat(200_000)}`],
    ['blank lines', `Content-Type: message/delivery-status\r\n\r\n${' \n'.repeat(100_000)}`],
    [
      'semicolons',
      `Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nDiagnostic-Code: ${'; '.repeat(100_000)}`,
    ],
    ['short lines', `\r\n${'\n'.repeat(500_000)}`],
    ['boundaries', `Content-Type: multipart/report; boundary=a\r\n\r\n${'--a\n'.repeat(100_000)}`],
    ['one boundary', `Content-Type: multipart/report; boundary=${'('.repeat(200_000)}\r\n\r\n--(`],
    ['fields', 'To: a@b\r\n'.repeat(100_000)],
    ['nesting', 'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n'.repeat(300)],
  ])('of nothing but %s is read within a moment', (_name, mail) => {
    const start = performance.now();
    const { answer } = read(`From: a@example.org\r\n${mail}`, verp);
    expect([204, 400]).toContain(answer.status);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
