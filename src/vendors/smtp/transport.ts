import { Readable } from 'node:stream';
import {
  createTransport,
  type SendMailOptions,
  type SMTPPoolOptions,
  type SMTPPoolSentMessageInfo,
  type Transporter,
} from 'nodemailer';
import DKIM from 'nodemailer/lib/dkim';
import type { SmtpSettings } from './smtp-settings.js';

/** Milliseconds; nodemailer would wait minutes. */
const TIMEOUTS = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

/** RFC 8058 wants both unsubscription headers under the signature; nodemailer's own list leaves out the second. */
const SIGNED_HEADERS = [
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding',
  'In-Reply-To:References:List-Id:List-Unsubscribe:List-Unsubscribe-Post',
].join(':');

/** How far a mail got. */
export interface Progress {
  /** The whole mail was written to the connection: without an answer, nobody knows whether the server took it. */
  handedOver: boolean;
}

export interface TrackedMail extends SendMailOptions {
  progress: Progress;
}

export type SmtpTransport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

/** A pool of connections to the account's server; every `TrackedMail` sent through it has its progress marked. */
export function openTransport(settings: SmtpSettings): SmtpTransport {
  const { host, port, secure, user, password } = settings;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    ignoreTLS: settings.ignoreTLS,
    requireTLS: settings.requireTLS && !secure && !settings.ignoreTLS,
    tls: { rejectUnauthorized: settings.tlsRejectUnauthorized },
    name: settings.clientName || undefined,
    auth: user ? { user, pass: password ?? '' } : undefined,
    // otherwise a server that does not offer to sign in would be sent to without
    forceAuth: Boolean(user),
    maxConnections: settings.maxConnections,
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });
  const dkim = signerOf(settings);
  // Signed here and not by nodemailer, whose signer comes after all plugins and reads ahead of the connection.
  return transport.use('stream', (mail, done) => {
    const { progress } = mail.data as TrackedMail;
    if (dkim) mail.message.processFunc((input) => dkim.sign(input));
    mail.message.processFunc((input) => Readable.from(marking(input, progress), { objectMode: false }));
    done();
  });
}

/** Passes the mail on as the connection asks for it, which it does only after the server's go-ahead to DATA. */
async function* marking(input: AsyncIterable<Buffer>, progress: Progress): AsyncGenerator<Buffer> {
  yield* input;
  progress.handedOver = true;
}

function signerOf({ dkimDomain, dkimSelector, dkimPrivateKey }: SmtpSettings): DKIM | undefined {
  if (!dkimDomain || !dkimSelector || !dkimPrivateKey) return undefined;
  return new DKIM({
    domainName: dkimDomain,
    keySelector: dkimSelector,
    privateKey: dkimPrivateKey,
    headerFieldNames: SIGNED_HEADERS,
  });
}
