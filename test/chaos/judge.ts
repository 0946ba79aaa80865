import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { ChaosFigures, ChaosReport } from './chaos-report.js';
import type { Crew } from './crew.js';
import type { Director } from './director.js';
import type { Downtime } from './downtime.js';
import { countFaults, unexercised } from './exercised.js';
import type { InFlight } from './in-flight.js';
import { CHANNELS } from './installation.js';
import { judgeRuns, type ScheduleRun } from './judge-runs.js';
import type { Slowness } from './slowness.js';
import { type Tally, tallyCalls } from './tally-calls.js';
import type { Sent } from './traffic.js';
import { urgentLatency } from './urgent-latency.js';

export interface JudgeOptions {
  database: Pick<ChaosDatabase, 'query'>;
  seed: number;
  calls: VendorCall[];
  sent: Sent[];
  director: Pick<Director, 'kills' | 'troubles' | 'databaseAway'> & {
    inFlight: Pick<InFlight, 'deathsOf' | 'deathsOfMessage'>;
  };
  downtime: Pick<Downtime, 'within'>;
  slowness: Pick<Slowness, 'within' | 'figures'>;
  crew: Pick<Crew, 'peaks' | 'complaints' | 'warnings'>;
  /** A run that left out one of the troubles proves nothing of it, which counts as a breach. */
  thorough: boolean;
}

/** MiB of one worker, whatever the run sent; one at rest takes about 150. */
const MOST_MEMORY = 320;
/** Deliveries a dying vendor may have read without having written it down: all loops of all workers, one batch each. */
const UNREAD_AT_VENDOR_DEATH = 4 * 5 * 1_000;
/** Breaches that differ only in their figures are told so many times, and then counted. */
const MOST_OF_A_KIND = 8;

interface Row {
  endpointId: string;
  channelId: number;
  channel: keyof typeof CHANNELS;
  state: string;
  reason: string | null;
}

const DELIVERIES = `
SELECT d.endpoint_id AS "endpointId", d.channel_id AS "channelId", c.code AS channel, d.state, d.reason
  FROM message m
  JOIN delivery d ON d.organisation_id = m.organisation_id AND d.day = m.day AND d.message_id = m.id
  JOIN channel c ON c.organisation_id = d.organisation_id AND c.id = d.channel_id
 WHERE m.id = $1`;

const SCHEDULED = `
SELECT m.id, m.dedup_key AS "dedupKey", extract(epoch FROM m.created_at)::float8 * 1000 AS "madeAt",
       jsonb_array_length(m.audience->'recipientIds') AS people
  FROM message m WHERE m.api = 'schedule' ORDER BY m.id`;

/** Holds the database against the vendor's log, by the invariants of the design. */
export class Judge {
  private readonly report: ChaosReport;
  private readonly tally: Tally;
  private readonly kinds = new Map<string, number>();
  private unexplained = 0;

  constructor(private readonly options: JudgeOptions) {
    const { seed, director, calls } = options;
    this.report = { seed, kills: director.kills, deliveries: 0, lost: 0, repeated: 0, unknown: 0, breaches: [] };
    this.tally = tallyCalls(calls, director.databaseAway);
  }

  async judge(): Promise<{ report: ChaosReport; figures: ChaosFigures }> {
    const { sent, director, crew, calls, downtime, slowness, thorough } = this.options;
    for (const message of sent) await this.judgeMessage(message.id, message.people);
    const runs = await this.judgeSchedules();
    this.judgeTimes();
    if (this.unexplained > director.troubles.vendorDeaths * UNREAD_AT_VENDOR_DEATH) {
      this.breach(`${this.unexplained} deliveries are unknown, though neither a death nor the vendor was the cause`);
    }
    for (const [name, peak] of crew.peaks) {
      if (peak > MOST_MEMORY) this.breach(`${name} took ${peak.toFixed(0)} MiB`);
    }
    for (const complaint of crew.complaints) this.breach(complaint);
    const { figures: urgent, tooLong } = urgentLatency(sent, calls, downtime, director.inFlight, slowness);
    for (const one of tooLong) this.breach(one);
    const figures: ChaosFigures = {
      messages: sent.length + runs,
      troubles: director.troubles,
      faults: countFaults(calls),
      urgent,
      slowness: slowness.figures(),
      warnings: crew.warnings,
      memory: { processes: crew.peaks.size, peak: Math.max(0, ...crew.peaks.values()) },
    };
    if (thorough) for (const what of unexercised(figures)) this.breach(`the run had no ${what}`);
    this.countTheRest();
    return { report: this.report, figures };
  }

  private async judgeMessage(id: string, people: number): Promise<void> {
    const { report, tally } = this;
    const { database } = this.options;
    const [message] = await database.query<{ state: string }>('SELECT state FROM message WHERE id = $1', [id]);
    if (message?.state !== 'done') this.breach(`message ${id} is ${message?.state ?? 'gone'}`);
    const rows = await database.query<Row>(DELIVERIES, [id]);
    const accepted = tally.acceptances.get(id) ?? new Map<string, number>();
    const seen = new Set<string>();
    let lost = 0;
    for (const { endpointId, channelId, channel, state, reason } of rows) {
      const reference = `${BigInt(id).toString(36)}-${channelId.toString(36)}-${BigInt(endpointId).toString(36)}`;
      if (seen.has(reference)) this.breach(`${reference} has two deliveries`);
      seen.add(reference);
      const times = accepted.get(reference) ?? 0;
      if (state === 'sent' && times === 0) lost++;
      if (state === 'unknown') this.judgeUnknown(reference, channel);
      else if (state !== 'sent') this.breach(`${reference} (${channel}) is ${state}: ${reason ?? 'for no reason'}`);
      if (times > 1) this.judgeRepeats(reference, channel, times - 1);
    }
    lost += Math.max(0, people - seen.size);
    for (const reference of accepted.keys()) {
      if (!seen.has(reference)) this.breach(`the vendor accepted ${reference}, which has no delivery`);
    }
    report.deliveries += rows.length;
    report.lost += lost;
    if (lost > 0) this.breach(`message ${id}: ${lost} of ${people} lost`);
    if (seen.size > people) this.breach(`message ${id}: ${seen.size} deliveries for ${people} people`);
  }

  private judgeUnknown(reference: string, channel: Row['channel']): void {
    this.report.unknown++;
    if (CHANNELS[channel] !== 'hold') this.breach(`${reference} (${channel}) is unknown on a channel that resends`);
    const explained = this.options.director.inFlight.deathsOf(reference) > 0 || this.tally.unclear.has(reference);
    if (!explained) this.unexplained++;
  }

  /** Each repeat must have its own cause: a death while the delivery was in flight, or an answer that the vendor did not give. */
  private judgeRepeats(reference: string, channel: Row['channel'], repeats: number): void {
    this.report.repeated += repeats;
    const causes = this.options.director.inFlight.deathsOf(reference) + (this.tally.unclear.get(reference) ?? 0);
    if (CHANNELS[channel] === 'hold') this.breach(`${reference} was repeated on a channel that must not`);
    else if (repeats > causes) {
      const times = (this.tally.times.get(reference) ?? []).map((at) => new Date(at).toISOString().slice(11, 23));
      this.breach(`${reference} was accepted at ${times.join(', ')}, with ${causes} causes for a repeat`);
    }
  }

  /** Returns how many runs there were. */
  private async judgeSchedules(): Promise<number> {
    const runs = await this.options.database.query<ScheduleRun & { id: string; people: number }>(SCHEDULED);
    for (const { id, people } of runs) await this.judgeMessage(id, people);
    for (const breach of judgeRuns(runs, this.options.downtime)) this.breach(breach);
    return runs.length;
  }

  private judgeTimes(): void {
    const due = new Map(this.options.sent.map(({ id, sendAt }) => [id, sendAt ?? 0]));
    for (const { references, receivedAt } of this.options.calls) {
      const id = parseReference(references[0] ?? '')?.messageId ?? '';
      if (receivedAt < (due.get(id) ?? 0)) this.breach(`message ${id} went out before its time`);
    }
  }

  private breach(text: string): void {
    const kind = text.replace(/\S*\d\S*/g, '…');
    const count = (this.kinds.get(kind) ?? 0) + 1;
    this.kinds.set(kind, count);
    if (count <= MOST_OF_A_KIND) this.report.breaches.push(text);
  }

  private countTheRest(): void {
    for (const [kind, count] of this.kinds) {
      if (count > MOST_OF_A_KIND) this.report.breaches.push(`and ${count - MOST_OF_A_KIND} more: ${kind}`);
    }
  }
}
