import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { NodemailerError } from 'nodemailer';
import type {
  AccountVerdict,
  Outcome,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VendorTarget,
  VerifyResult,
} from '../vendor.js';
import type { Judgement } from './codes.js';
import { SMTP } from './definition.js';
import { judgeFailure } from './failure.js';
import { composeMail } from './mail.js';
import { isAddress, settingsProblem, type SmtpSettings } from './smtp-settings.js';
import { openTransport, type Progress, type SmtpTransport, type TrackedMail } from './transport.js';

/** Sends e-mail, one mail per person, over pooled connections to the account's mail server. */
@Injectable()
export class SmtpVendor implements Vendor {
  readonly definition = SMTP;
  private readonly transports = new Map<string, { settingsHash: string; transport: SmtpTransport }>();

  async send(request: VendorRequest): Promise<SendResult> {
    const { account, targets } = request;
    const settings = account.settings as unknown as SmtpSettings;
    const problem = settingsProblem(settings);
    if (problem) return refuse(targets, { problem: 'credentials', code: 'settings', detail: problem });

    const transport = this.transportOf(account);
    const outcomes: Outcome[] = [];
    let verdict: AccountVerdict | undefined;
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < targets.length; index = next++) {
        const target = targets[index] as VendorTarget;
        // A server that refuses the account is not asked again for every target: that locks accounts.
        const judgement = verdict ? untouched(verdict) : await sendOne(transport, request, target);
        outcomes[index] = judgement.outcome;
        verdict ??= judgement.account;
      }
    };
    await Promise.all(Array.from({ length: Math.min(settings.maxConnections, targets.length) }, worker));
    return { outcomes, account: verdict };
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const settings = account.settings as unknown as SmtpSettings;
    const server = `${settings.host}:${settings.port}`;
    const problem = settingsProblem(settings);
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

async function sendOne(transport: SmtpTransport, request: VendorRequest, target: VendorTarget): Promise<Judgement> {
  const { account, signal } = request;
  if (signal.aborted) return { outcome: { status: 'retry', code: 'aborted' } };
  if (!isAddress(target.address)) {
    return { outcome: { status: 'address-gone', code: 'invalid-address', detail: 'This is not an e-mail address.' } };
  }
  const progress: Progress = { handedOver: false };
  const mail: TrackedMail = {
    ...composeMail(account.settings as unknown as SmtpSettings, target.content ?? request.content, target),
    signal,
    progress,
  };
  try {
    const { serverMessageId, messageId } = await transport.sendMail(mail);
    return { outcome: { status: 'accepted', vendorReference: serverMessageId ?? messageId } };
  } catch (error) {
    return judgeFailure(error as NodemailerError, progress.handedOver);
  }
}

function untouched({ code, detail }: AccountVerdict): Judgement {
  return { outcome: { status: 'retry', code, detail } };
}

function refuse(targets: readonly VendorTarget[], account: AccountVerdict): SendResult {
  return { outcomes: targets.map(() => untouched(account).outcome), account };
}

function explain(server: string, error: NodemailerError): string {
  const { account } = judgeFailure(error, false);
  if (account?.problem === 'credentials') return `${server} refuses the sign-in: ${error.message}`;
  if (account?.problem === 'throttled') return `${server} is too busy to sign in now: ${error.message}`;
  return `${server} cannot be used: ${error.message}`;
}
