import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { deliveryReference } from '../messages/reference.js';
import { MailServer, MOST_MAILS_KEPT } from './mail-server.js';

describe('MailServer', () => {
  let folder: string;
  let server: MailServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidings-mails-'));
    server = await MailServer.start(folder);
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const send = async (addresses: string[], messageId = '1'): Promise<void> => {
    const transport = createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true, pool: true });
    const from = 'hospital@example.test';
    await Promise.all(
      addresses.map((to, index) => {
        const id = `<${deliveryReference(messageId, 3, String(index))}@example.test>`;
        return transport.sendMail({ from, to, messageId: id, subject: 'Duty roster', text: 'words' });
      }),
    );
    transport.close();
  };

  it('counts a mail and writes it down', async () => {
    await send(['zhaoli@126.com']);
    expect(server.received).toBe(1);
    expect(await readdir(folder)).toEqual(['001-zhaoli@126.com.eml']);
    expect(await readFile(join(folder, '001-zhaoli@126.com.eml'), 'utf8')).toContain('Subject: Duty roster');
  });

  it('knows by the Message-ID which message a mail is of', async () => {
    await send(['a@example.test', 'b@example.test'], '42');
    await send(['a@example.test'], '43');
    expect([server.receivedOf('42'), server.receivedOf('43'), server.receivedOf('44')]).toEqual([2, 1, 0]);
  });

  it('counts every mail, keeps the first ones only, and starts anew with an empty folder', async () => {
    await send(Array.from({ length: MOST_MAILS_KEPT + 5 }, (_, index) => `p${index}@example.test`));
    expect(server.received).toBe(MOST_MAILS_KEPT + 5);
    expect(await readdir(folder)).toHaveLength(MOST_MAILS_KEPT);
    const next = await MailServer.start(folder);
    expect(await readdir(folder)).toEqual([]);
    await next.close();
  });
});
