import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { parseReference } from '../messages/reference.js';

/** More mails than this are counted and not kept. */
export const MOST_MAILS_KEPT = 200;

/** A real SMTP server on 127.0.0.1 that delivers to nobody: it counts every mail and writes the first ones into a folder. */
export class MailServer {
  private count = 0;
  private readonly byMessage = new Map<string, number>();
  private readonly server: SMTPServer;

  private constructor(readonly folder: string) {
    this.server = new SMTPServer({
      logger: false,
      authOptional: true,
      hideSTARTTLS: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 500,
      onData: (stream, session, answer) => {
        this.take(stream, session).then(
          () => answer(),
          (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    // A client that goes away in the middle of a mail sends it again.
    this.server.on('error', () => undefined);
  }

  /** Starts on a free port, with an empty folder. */
  static async start(folder: string): Promise<MailServer> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const mailServer = new MailServer(folder);
    await once(mailServer.server.listen(0, '127.0.0.1'), 'listening');
    return mailServer;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Mails taken since the start. */
  get received(): number {
    return this.count;
  }

  /** How many of them are of this message, by their Message-ID: an earlier run that was stopped may have left some to send. */
  receivedOf(messageId: string): number {
    return this.byMessage.get(messageId) ?? 0;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async take(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const mail = await buffer(stream);
    const number = ++this.count;
    const reference = /^Message-ID:\s*<([^@>]+)@/im.exec(mail.toString('latin1'))?.[1];
    const messageId = parseReference(reference ?? '')?.messageId ?? '';
    this.byMessage.set(messageId, this.receivedOf(messageId) + 1);
    if (number > MOST_MAILS_KEPT) return;
    const address = envelope.rcptTo[0]?.address ?? 'nobody';
    const name = `${String(number).padStart(3, '0')}-${address.replaceAll(/[^\w.@-]/g, '_')}.eml`;
    await writeFile(join(this.folder, name), mail);
  }
}
