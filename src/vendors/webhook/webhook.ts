import { Injectable } from '@nestjs/common';
import type { Agent } from 'undici';
import { Clock } from '../../common/clock.js';
import type { SendResult, Vendor, VendorAccountConfig, VendorRequest, VendorTarget, VerifyResult } from '../vendor.js';
import { type Judgement, judgeStatus, restSeconds } from './codes.js';
import { WEBHOOK } from './definition.js';
import { judgeFailure } from './failure.js';
import { openAgent } from './open-agent.js';
import { postSigned, type Progress } from './post-signed.js';
import { readExcerpt, readOutcomes, readText } from './read-answer.js';
import { requestBody } from './request-body.js';
import { idempotencyKey } from './sign.js';
import { settingsProblem, type WebhookSettings } from './webhook-settings.js';

/** Posts batches, signed, to a customer's own gateway: one request for up to 1000 targets, one outcome for each. */
@Injectable()
export class WebhookVendor implements Vendor {
  readonly definition = WEBHOOK;
  private readonly agents = new Map<string, { settings: string; agent: Agent }>();

  constructor(private readonly clock: Clock) {}

  async send(request: VendorRequest): Promise<SendResult> {
    const { account, targets, attempt } = request;
    const settings = account.settings as unknown as WebhookSettings;
    const problem = settingsProblem(settings);
    if (problem) {
      return forAll(targets, {
        outcome: { status: 'retry', code: 'settings' },
        account: { problem: 'credentials', code: 'settings', detail: problem },
      });
    }
    const progress: Progress = { handedOver: false };
    const deadline = this.deadline(settings);
    try {
      const answer = await postSigned(this.agentOf(account), settings, requestBody(request), {
        headers: { 'idempotency-key': idempotencyKey(targets, attempt) },
        signal: AbortSignal.any([request.signal, deadline.signal]),
        now: this.clock.now(),
        progress,
      });
      if (answer.statusCode >= 200 && answer.statusCode < 300) {
        return { outcomes: readOutcomes(await readText(answer.body), targets) };
      }
      const rest = restSeconds(answer.headers['retry-after']?.toString(), this.clock.now());
      return forAll(targets, judgeStatus(answer.statusCode, await readExcerpt(answer.body), rest));
    } catch (error) {
      return forAll(targets, judgeFailure(error as Error, progress.handedOver));
    } finally {
      deadline.cancel();
    }
  }

  /** Posts an empty list of targets, which a gateway is to answer with 2xx. */
  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const settings = account.settings as unknown as WebhookSettings;
    const problem = settingsProblem(settings);
    if (problem) return { ok: false, detail: problem };
    const agent = openAgent(settings);
    const progress: Progress = { handedOver: false };
    try {
      const now = this.clock.now();
      const { statusCode, body } = await postSigned(agent, settings, '{"targets":[]}', { signal, now, progress });
      const excerpt = await readExcerpt(body);
      return statusCode >= 200 && statusCode < 300
        ? { ok: true, detail: `The gateway takes the signature and answers ${statusCode}.` }
        : { ok: false, detail: `The gateway answered ${statusCode}${excerpt === '' ? '.' : `: ${excerpt}`}` };
    } catch (error) {
      return { ok: false, detail: `The gateway cannot be used: ${(error as Error).message}` };
    } finally {
      await agent.destroy();
    }
  }

  async close(): Promise<void> {
    const agents = [...this.agents.values()];
    this.agents.clear();
    await Promise.all(agents.map(({ agent }) => agent.close()));
  }

  private deadline({ timeoutSeconds }: WebhookSettings): { signal: AbortSignal; cancel: () => void } {
    const deadline = new AbortController();
    const at = new Date(this.clock.now().getTime() + timeoutSeconds * 1000);
    return {
      signal: deadline.signal,
      cancel: this.clock.at(at, () => deadline.abort(new Error('No answer in time.'))),
    };
  }

  /** The account's connections; changed settings get new ones, and the old ones end after what they are sending. */
  private agentOf({ organisationId, id, settings: all }: VendorAccountConfig): Agent {
    const key = `${organisationId}/${id}`;
    const { url, connections, allowPrivateNetwork } = all as unknown as WebhookSettings;
    const settings = JSON.stringify([url, connections, allowPrivateNetwork]);
    const known = this.agents.get(key);
    if (known?.settings === settings) return known.agent;
    void known?.agent.close();
    const agent = openAgent(all as unknown as WebhookSettings);
    this.agents.set(key, { settings, agent });
    return agent;
  }
}

function forAll(targets: readonly VendorTarget[], { outcome, account }: Judgement): SendResult {
  return { outcomes: targets.map(() => outcome), account };
}
