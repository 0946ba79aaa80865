import { Injectable, Logger } from '@nestjs/common';
import { type CancelTimer, Clock } from '../../common/clock.js';
import { InvalidRequest } from '../../common/problem.js';
import { ReceiptSink } from '../receipt-sink.js';
import { CREDENTIALS, DOWN, forAll, judge, type Judgement, untouched } from '../transport/judgement.js';
import type {
  Outcome,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorRequest,
  VendorTarget,
  VerifyResult,
} from '../vendor.js';
import { SANDBOX } from './definition.js';
import { receiptsFor } from './receipts.js';
import { SandboxJournal } from './sandbox-journal.js';
import { Script } from './script.js';

/**
 * A vendor that reaches nobody: it accepts everything and, on request, fails as its settings script it, so that anyone can try
 * Tidings and load-test it without an account. What it does depends on settings and references only, never on chance.
 *
 * Receipts still pending die with the process, as a real vendor's may get lost.
 */
@Injectable()
export class SandboxVendor implements Vendor {
  readonly definition = SANDBOX;
  private readonly logger = new Logger(SandboxVendor.name);
  private readonly scripts = new WeakMap<object, Script>();
  private readonly pending = new Set<CancelTimer>();

  constructor(
    private readonly clock: Clock,
    private readonly journal: SandboxJournal,
    private readonly receiptSink: ReceiptSink,
  ) {}

  async send(request: VendorRequest): Promise<SendResult> {
    const { account, targets, attempt, signal } = request;
    const script = this.scriptOf(account);
    if (script instanceof InvalidRequest)
      return forAll(targets, judge(CREDENTIALS, 'sandbox-settings', script.message));
    const { latencyMs, accountProblem, journal } = script.settings;
    if (latencyMs > 0) await this.clock.sleep(latencyMs, signal);
    // Nothing has been journaled yet, so it is certain that nobody was reached.
    if (signal.aborted) return forAll(targets, untouched('aborted'));
    if (accountProblem !== 'none')
      return forAll(targets, judge({ account: accountProblem }, `sandbox-${accountProblem}`, 'Scripted.'));
    const outcomes = targets.map((target) => script.outcome(target, attempt));
    if (journal) {
      const failure = await this.record(request, outcomes);
      if (failure) return forAll(targets, failure);
    }
    this.scheduleReceipts(account, script, targets, outcomes);
    return { outcomes };
  }

  verify(account: VendorAccountConfig): Promise<VerifyResult> {
    const script = this.scriptOf(account);
    if (script instanceof InvalidRequest) return Promise.resolve({ ok: false, detail: script.message });
    const { accountProblem } = script.settings;
    return Promise.resolve(
      accountProblem === 'none'
        ? { ok: true, detail: 'The sandbox answers; it reaches nobody.' }
        : { ok: false, detail: `The sandbox is set to act out the account problem ${accountProblem}.` },
    );
  }

  close(): Promise<void> {
    for (const cancel of this.pending) cancel();
    this.pending.clear();
    return Promise.resolve();
  }

  private scriptOf({ settings }: VendorAccountConfig): Script | InvalidRequest {
    const known = this.scripts.get(settings);
    if (known) return known;
    try {
      const script = Script.parse(settings);
      this.scripts.set(settings, script);
      return script;
    } catch (error) {
      if (error instanceof InvalidRequest) return error;
      throw error;
    }
  }

  /** Keeps the call in the journal; what could not be kept counts as not sent. */
  private async record(request: VendorRequest, outcomes: Outcome[]): Promise<Judgement | undefined> {
    const targets = request.targets.map(({ reference, address, content }, index) => {
      const { status, code } = outcomes[index] as Outcome & { code?: string };
      return { reference, address, status, code, content };
    });
    const { account, content, attempt } = request;
    try {
      await this.journal.append({
        organisationId: account.organisationId,
        vendorAccountId: account.id,
        content,
        attempt,
        targets,
      });
      return undefined;
    } catch (error) {
      return judge(DOWN, 'sandbox-journal', `The journal cannot be written: ${String(error)}`);
    }
  }

  private scheduleReceipts(
    { organisationId, id }: VendorAccountConfig,
    script: Script,
    targets: readonly VendorTarget[],
    outcomes: Outcome[],
  ): void {
    const shares = script.settings.receipts;
    if (!shares) return;
    const accepted = targets.filter((_, index) => outcomes[index]?.status === 'accepted');
    const at = new Date(this.clock.now().getTime() + (shares.afterMs ?? 0));
    const receipts = receiptsFor(accepted, shares, at);
    if (receipts.length === 0) return;
    const cancel = this.clock.at(at, () => {
      this.pending.delete(cancel);
      this.receiptSink
        .submit({ organisationId, id }, receipts)
        .catch((error: unknown) => this.logger.warn(`Receipts of account ${id} were lost: ${String(error)}`));
    });
    this.pending.add(cancel);
  }
}
