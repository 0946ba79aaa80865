import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface Received {
  from: string;
  to: string[];
  secure: boolean;
  /** Parameters of MAIL FROM and of the first RCPT TO, as they were written. */
  mailParameters: unknown;
  rcptParameters: unknown;
  raw: string;
  mail: Email;
}

/**
 * A real SMTP server on the loopback, standing in for a provider. It keeps what it takes and refuses what it is told to refuse:
 * by address, the reply to give, such as `550 5.1.1 No such user`; or `drop` to end the connection instead of replying, `cut` to
 * end it in the middle of the mail, `silence` never to reply.
 *
 * @example
 * const simulator = new SmtpSimulator();
 * const port = await simulator.listen();
 * simulator.atRcpt.set('gone@example.org', '550 5.1.1 No such user');
 */
export class SmtpSimulator {
  readonly received: Received[] = [];
  readonly atMail = new Map<string, string>();
  readonly atRcpt = new Map<string, string>();
  readonly atData = new Map<string, string>();
  signIns = 0;
  mostConnections = 0;
  /** Called when the whole of a mail has arrived, before it is answered. */
  onMail: () => void = () => undefined;
  private readonly server: SMTPServer;

  constructor({ password = 'right', offersDsn = true } = {}) {
    this.server = new SMTPServer({
      logger: false,
      hideDSN: !offersDsn,
      authOptional: true,
      allowInsecureAuth: true,
      closeTimeout: 100,
      onAuth: (auth, _session, answer) => {
        this.signIns++;
        if (auth.password === password) return answer(null, { user: auth.username });
        return answer(reply('535 5.7.8 Wrong user or password'));
      },
      onMailFrom: ({ address }, session, answer) => {
        this.mostConnections = Math.max(this.mostConnections, this.server.connections.size);
        this.act(this.atMail.get(address), session.id, answer);
      },
      onRcptTo: ({ address }, session, answer) => this.act(this.atRcpt.get(address), session.id, answer),
      onData: (stream, session, answer) => {
        const script = this.atData.get(session.envelope.rcptTo[0]?.address ?? '');
        if (script === 'cut') return void stream.once('data', () => this.act('drop', session.id, answer));
        void this.receive(stream, session).then(() => this.act(script, session.id, answer));
      },
    });
    // a client that goes away in mid-session is what some tests are about
    this.server.on('error', () => undefined);
  }

  private async receive(stream: SMTPServerDataStream, { envelope, secure }: SMTPServerSession): Promise<void> {
    const raw = await buffer(stream);
    const to = envelope.rcptTo.map(({ address }) => address);
    const from = envelope.mailFrom ? envelope.mailFrom.address : '';
    this.received.push({
      from,
      to,
      secure,
      mailParameters: envelope.mailFrom ? envelope.mailFrom.args : false,
      rcptParameters: envelope.rcptTo[0]?.args,
      raw: raw.toString(),
      mail: await PostalMime.parse(raw),
    });
    this.onMail();
  }

  async listen(): Promise<number> {
    const server = this.server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private act(script: string | undefined, sessionId: string, answer: (error?: Error) => void): void {
    if (script === 'silence') return;
    if (script !== 'drop') return answer(script ? reply(script) : undefined);
    for (const connection of this.server.connections) if (connection.id === sessionId) connection._socket.destroy();
  }
}

function reply(text: string): Error {
  return Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
}
