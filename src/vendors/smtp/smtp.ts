import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { NodemailerError } from 'nodemailer';
import type { Content } from '../../channels/channel-kind.js';
import { InvalidRequest } from '../../common/problem.js';
import { checkSettings } from '../account-settings.js';
import { accepted, CREDENTIALS, forAll, judge, type Judgement } from '../transport/judgement.js';
import { sendInParts } from '../transport/parts.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VendorTarget, VerifyResult } from '../vendor.js';
import { SMTP } from './definition.js';
import { judgeFailure } from './failure.js';
import { composeMail } from './mail.js';
import { readReceipts } from './receipts.js';
import { isAddress, type SmtpSettings } from './smtp-settings.js';
import { openTransport, type Progress, type SmtpTransport, type TrackedMail } from './transport.js';

const NO_ADDRESS = judge('address-gone', 'invalid-address', 'This is not an e-mail address.');

/** Sends e-mail, one mail per person, over pooled connections to the account's mail server. */
@Injectable()
export class SmtpVendor implements Vendor {
  readonly definition = SMTP;
  readonly readReceipts = readReceipts;
  private readonly transports = new Map<string, { settingsHash: string; transport: SmtpTransport }>();

  async send(request: VendorRequest): Promise<SendResult> {
    const { account, targets } = request;
    const problem = storedProblem(account);
    if (problem) return forAll(targets, judge(CREDENTIALS, 'settings', problem));
    const transport = this.transportOf(account);
    const { maxConnections: parallel } = account.settings as unknown as SmtpSettings;
    // A server that refuses the account is not asked again for every target: that locks accounts.
    return sendInParts(request, { size: 1, parallel }, async ({ content, targets: [target] }) =>
      forAll([target], await sendOne(transport, request, content, target as VendorTarget)),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const settings = account.settings as unknown as SmtpSettings;
    const server = `${settings.host}:${settings.port}`;
    const problem = storedProblem(account);
    if (problem) return { ok: false, detail: problem };
    if (signal.aborted) return { ok: false, detail: `There was no time left to try ${server}.` };

    const transport = openTransport(settings);
    const finished = new AbortController();
    try {
      const answered = await Promise.race([
        transport.verify(),
        once(signal, 'abort', { signal: finished.signal }).then(() => false),
      ]);
      if (!answered) return { ok: false, detail: `${server} did not answer in time.` };
      const signIn = settings.user ? `accepts the sign-in of ${settings.user}` : 'needs no sign-in to connect';
      return { ok: true, detail: `${server} answers and ${signIn}.` };
    } catch (error) {
      return { ok: false, detail: explain(server, error as NodemailerError) };
    } finally {
      finished.abort();
      transport.close({ force: true });
    }
  }

  close(): Promise<void> {
    for (const { transport } of this.transports.values()) transport.close();
    this.transports.clear();
    return Promise.resolve();
  }

  /** The account's pool; changed settings get a new one, and the old one ends after the mails it is sending. */
  private transportOf({ organisationId, id, settings }: VendorAccountConfig): SmtpTransport {
    const key = `${organisationId}/${id}`;
    const settingsHash = createHash('sha256').update(JSON.stringify(settings)).digest('base64');
    const known = this.transports.get(key);
    if (known?.settingsHash === settingsHash) return known.transport;
    known?.transport.close();
    const transport = openTransport(settings as unknown as SmtpSettings);
    this.transports.set(key, { settingsHash, transport });
    return transport;
  }
}

/** What makes settings unusable that were saved before they were checked as they are now, for a person. */
function storedProblem({ settings }: VendorAccountConfig): string | undefined {
  try {
    checkSettings(SMTP, settings);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return error.errors
      .map(({ path, message }) => `The setting ${path.replace('settings.', '')} ${message}.`)
      .join(' ');
  }
}

async function sendOne(
  transport: SmtpTransport,
  { account, signal }: VendorRequest,
  content: Content,
  target: VendorTarget,
): Promise<Judgement> {
  if (!isAddress(target.address)) return NO_ADDRESS;
  const progress: Progress = { handedOver: false };
  const settings = account.settings as unknown as SmtpSettings;
  const mail: TrackedMail = { ...composeMail(settings, content, target), signal, progress };
  try {
    const { serverMessageId, messageId } = await transport.sendMail(mail);
    return { outcome: accepted(serverMessageId ?? messageId) };
  } catch (error) {
    return judgeFailure(error as NodemailerError, progress.handedOver);
  }
}

function explain(server: string, error: NodemailerError): string {
  const { account } = judgeFailure(error, false);
  if (account?.problem === 'credentials') return `${server} refuses the sign-in: ${error.message}`;
  if (account?.problem === 'throttled') return `${server} is too busy to sign in now: ${error.message}`;
  return `${server} cannot be used: ${error.message}`;
}
