import type { ChannelKind } from '../../channels/channel-kind.js';
import type { MessageState } from '../message-state.js';
import type { ChannelExplanationDto, ExplainedStatus } from './explanation.dto.js';
import type { LeftOut } from './left-out-devices.js';
import type { MessageDelivery } from './message-deliveries.js';

/** An endpoint of the person, of the channel's kind. */
export interface ExplainedEndpoint {
  id: string;
  status: 'active' | 'quarantined';
  quarantineReason: string | null;
  createdAt: Date;
  /** Some enabled vendor account of the channel takes it. */
  routed: boolean;
  /** The message names it by its id, alias or address. */
  named: boolean;
  /** Why the audience's choice of devices leaves it out; null: it does not. */
  leftOut: LeftOut | null;
}

/** An endpoint of the person that waits in a batch. */
export interface QueuedEndpoint {
  endpointId: string;
  readyAt: Date;
  leased: boolean;
}

/** All that is known of one person, one message and one channel. */
export interface ChannelFacts {
  channel: string;
  kind: ChannelKind;
  message: {
    state: MessageState;
    sendAt: Date | null;
    plannedAt: Date | null;
    finishedAt: Date | null;
  };
  /** The audience names the person, not just an address. */
  namedAsPerson: boolean;
  excludedBy: readonly string[];
  enabled: boolean;
  endpoints: readonly ExplainedEndpoint[];
  deliveries: readonly MessageDelivery[];
  queued: readonly QueuedEndpoint[];
}

type Verdict = { endpoint: string | null; status: ExplainedStatus; reason: string };

/** Says what became of a person on one channel: by the records where there are any, else by what holds now. */
export function explainChannel(facts: ChannelFacts): ChannelExplanationDto[] {
  const recorded = facts.deliveries.map((delivery) => explainDelivery(delivery, facts));
  const known = new Set(facts.deliveries.map(({ endpointId }) => endpointId));
  const waiting = facts.queued.filter(({ endpointId }) => !known.has(endpointId)).map(explainQueued);
  const verdicts: Verdict[] = [...recorded, ...waiting];
  const leftOut = leftOutOf(facts);
  const endpoints = facts.endpoints.filter(({ id }) => !leftOut.some(({ endpoint }) => endpoint === id));
  const othersExist = leftOut.length === 0 || endpoints.length > 0;
  if (verdicts.length === 0 && othersExist) verdicts.push(explainAbsence({ ...facts, endpoints }));
  const told = new Set(verdicts.map(({ endpoint }) => endpoint));
  verdicts.push(...leftOut.filter(({ endpoint }) => !told.has(endpoint)));
  return verdicts.map((verdict) => ({ channel: facts.channel, kind: facts.kind, ...verdict }));
}

const WHY_LEFT_OUT: Record<LeftOut, string> = {
  'platform-filtered': 'As of now left out (platform-filtered): the message is not for devices of its platform.',
  'not-latest-device': "As of now left out (not-latest-device): another of the person's devices was registered later.",
};

/** Devices that nothing but the choice of devices keeps from a person whom the audience names. */
function leftOutOf({ namedAsPerson, enabled, excludedBy, endpoints }: ChannelFacts): Verdict[] {
  if (!namedAsPerson || !enabled || excludedBy.length > 0) return [];
  return endpoints.flatMap(({ id, named, leftOut }) =>
    named || leftOut === null ? [] : [{ endpoint: id, status: 'not-targeted', reason: WHY_LEFT_OUT[leftOut] }],
  );
}

function explainDelivery(delivery: MessageDelivery, { message, queued }: ChannelFacts): Verdict {
  const { endpointId: endpoint, state: status, account } = delivery;
  const why = delivery.reason ?? 'no reason given';
  const through = account === null ? '' : ` through ${account}`;
  const next = queued.find(({ endpointId }) => endpointId === endpoint);
  const say = (reason: string): Verdict => ({ endpoint, status, reason });
  switch (status) {
    case 'sent':
      return say(`Handed to ${account ?? 'the vendor'}${at(delivery.sentAt)}; no receipt has come since.`);
    case 'delivered':
      return say(`Delivered${at(delivery.deliveredAt)}${through}.`);
    case 'read':
      return say(`Read${at(delivery.readAt)}.`);
    case 'failed':
      return say(`Given up${at(delivery.failedAt)}${through}: ${why}.`);
    case 'unknown':
      return say(`Handed over${through}, but the answer was lost (${why}): it may or may not have arrived.`);
    case 'retrying':
      if (message.state === 'cancelled')
        return say(`Had failed (${why}) and was not tried again: the message was cancelled.`);
      return say(`Failed for now (${why}); it is tried again${at(next?.readyAt ?? null)}.`);
  }
}

function explainQueued({ endpointId: endpoint, readyAt, leased }: QueuedEndpoint): Verdict {
  const reason = leased ? 'It is being sent at this moment.' : `It is planned and waits to be sent${at(readyAt)}.`;
  return { endpoint, status: 'pending', reason };
}

/** Nothing is recorded and nothing waits: looks for the first thing that keeps the message from this person. */
function explainAbsence(facts: ChannelFacts): Verdict {
  const { kind, endpoints, excludedBy } = facts;
  const named = endpoints.filter((endpoint) => endpoint.named);
  if (!facts.namedAsPerson && named.length === 0) return none('As of now the audience does not name this person here.');
  if (excludedBy.length > 0) return none(`As of now the person is excluded by ${excludedBy.join(', ')}.`);
  if (!facts.enabled && named.length === 0) return none('As of now the person is switched off.');
  const candidates = facts.namedAsPerson && facts.enabled ? endpoints : named;
  if (candidates.length === 0) return none(`As of now the person has no ${kind} address.`);
  const active = candidates.filter(({ status }) => status === 'active');
  if (active.length === 0) {
    const reasons = [...new Set(candidates.map(({ quarantineReason }) => quarantineReason ?? 'no reason given'))];
    return none(`As of now every ${kind} address of the person is in quarantine (${reasons.join(', ')}).`);
  }
  const endpoint = active.find(({ routed }) => routed);
  if (endpoint === undefined)
    return none(`As of now no enabled vendor account of the channel takes the person's address.`);
  return explainByMessage(facts, endpoint);
}

/** The person would get it; so it is the message that has not come to it, or no longer does. */
function explainByMessage({ message }: ChannelFacts, { id, named, createdAt }: ExplainedEndpoint): Verdict {
  const { state, sendAt, plannedAt, finishedAt } = message;
  const pending = (reason: string): Verdict => ({ endpoint: id, status: 'pending', reason });
  switch (state) {
    case 'scheduled':
      return pending(`The message is to be sent${at(sendAt)}.`);
    case 'accepted':
      return pending('The message waits to be planned.');
    case 'planning':
      return pending('The message is being planned.');
    case 'cancelled':
      return none(`The message was cancelled${at(finishedAt)}, before this was sent.`);
    case 'expired':
      return none(`The message expired${at(finishedAt)}, before it was planned.`);
    case 'sending':
    case 'done':
      if (plannedAt !== null && createdAt > plannedAt) {
        return none(`The address was registered${at(createdAt)}, after the message was planned${at(plannedAt)}.`);
      }
      if (named) return none('The address was sent to, but is recorded for another person who has it as well.');
      return none(
        `As of now the person would get it; the membership or the address was probably not there when the message was planned${at(plannedAt)}.`,
      );
  }
}

const none = (reason: string): Verdict => ({ endpoint: null, status: 'not-targeted', reason });

const at = (time: Date | null): string => (time === null ? '' : ` at ${time.toISOString()}`);
