import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import { NotFound } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import { Endpoint } from '../../recipients/endpoint.entity.js';
import { Recipient } from '../../recipients/recipient.entity.js';
import type { ChannelPlan, ResolvedAudience } from '../resolved-message.js';
import { type Device as RoutedDevice, lineFor, type RouteLine, routePlan } from '../route-plan.js';
import { type ExplainedEndpoint, explainChannel, type QueuedEndpoint } from './explain-channel.js';
import type { ExplanationDto } from './explanation.dto.js';
import { leftOutDevices } from './left-out-devices.js';
import { deliveriesTo, type MessageDelivery } from './message-deliveries.js';
import { MessageReader, type StoredMessage } from './message-reader.js';
import { PersonSelectors } from './person-selectors.js';
import { QUEUED_ENDPOINTS } from './sql/explain-message.js';
import { channelCode } from './to-message-dto.js';

/** What is known of one person and one message, on all channels. */
interface Facts {
  message: StoredMessage;
  recipient: Recipient;
  endpoints: Endpoint[];
  deliveries: MessageDelivery[];
  queued: (QueuedEndpoint & { channelId: number })[];
  channels: OrganisationChannels;
  /** Selectors that hold the person. */
  selectors: string[];
  excludedBy: string[];
}

/** Answers why one person got a message, or did not. */
@Injectable()
export class MessageExplainer {
  constructor(
    private readonly messages: MessageReader,
    private readonly directory: ChannelDirectory,
    private readonly tenants: Tenants,
  ) {}

  /** @throws NotFound for an unknown message or recipient */
  async explain(caller: Caller, messageId: string, recipientCode: string): Promise<ExplanationDto> {
    const facts = await this.gather(caller, messageId, recipientCode);
    const { message, recipient, selectors, excludedBy, endpoints, channels } = facts;
    // How many targets a vendor takes at once makes no difference here.
    const lines = routePlan(message.channels, channels, () => 1);
    const addresses = viaAddresses(message, endpoints, channels);
    const reachable = (selectors.length > 0 && recipient.enabled) || addresses.length > 0;
    return {
      recipient: recipient.code,
      inAudience: reachable && excludedBy.length === 0,
      via: [...selectors, ...addresses],
      excludedBy,
      channels: message.channels.flatMap((plan) => explainPlan(plan, facts, lines)),
    };
  }

  private async gather(caller: Caller, messageId: string, recipientCode: string): Promise<Facts> {
    const message = await this.messages.get(caller, messageId);
    const scope = this.tenants.of(caller.organisationId);
    const recipient = await scope.findOne(Recipient, { code: recipientCode });
    if (recipient === null) throw new NotFound('recipient', recipientCode);
    const { audience } = message;
    const endpoints = await scope.find(Endpoint, { recipientId: recipient.id }, { order: { id: 'ASC' } });
    const queued = await scope.query<QueuedEndpoint & { channelId: number }>(QUEUED_ENDPOINTS, [
      message.id,
      endpoints.map(({ id }) => id),
    ]);
    const person = await PersonSelectors.read(scope, recipient.id, [audience, audience.exclude]);
    return {
      message,
      recipient,
      endpoints,
      queued,
      deliveries: await deliveriesTo(scope, message, recipient.id),
      channels: await this.directory.load(caller.organisationId),
      selectors: [...(audience.all ? ['all'] : []), ...person.holding(audience)],
      excludedBy: person.holding(audience.exclude),
    };
  }
}

function explainPlan({ channelId, kind }: ChannelPlan, facts: Facts, lines: RouteLine[]) {
  const { message, recipient } = facts;
  const endpoints = facts.endpoints.filter((endpoint) => endpoint.kind === kind);
  const isRouted = (endpoint: RoutedDevice): boolean => lineFor(lines, channelId, endpoint) !== undefined;
  const leftOut = leftOutDevices(message.audience.devices, endpoints, isRouted);
  return explainChannel({
    channel: channelCode(facts.channels, channelId),
    kind,
    message,
    namedAsPerson: facts.selectors.length > 0,
    excludedBy: facts.excludedBy,
    enabled: recipient.enabled,
    endpoints: endpoints.map((endpoint): ExplainedEndpoint => ({
      id: endpoint.id,
      status: endpoint.status,
      quarantineReason: endpoint.quarantineReason,
      createdAt: endpoint.createdAt,
      routed: isRouted(endpoint),
      named: isNamed(message.audience, channelId, endpoint),
      leftOut: leftOut.get(endpoint.id) ?? null,
    })),
    deliveries: facts.deliveries.filter((delivery) => delivery.channelId === channelId),
    queued: facts.queued.filter((waiting) => waiting.channelId === channelId),
  });
}

function isNamed(audience: ResolvedAudience, channelId: number, endpoint: Endpoint): boolean {
  return (
    audience.endpointIds.includes(endpoint.id) ||
    bearsAlias(audience, endpoint) ||
    (audience.addresses[String(channelId)] ?? []).includes(endpoint.address)
  );
}

const bearsAlias = ({ aliases = [] }: ResolvedAudience, { alias }: Endpoint): boolean =>
  alias !== null && aliases.includes(alias);

/** Which of the person's endpoints the message names itself. */
function viaAddresses(
  { audience, channels: plans }: StoredMessage,
  endpoints: Endpoint[],
  channels: OrganisationChannels,
) {
  const reached = endpoints.filter(({ kind }) => plans.some((plan) => plan.kind === kind));
  const byId = reached.filter(({ id }) => audience.endpointIds.includes(id)).map(({ id }) => `endpoint:${id}`);
  const byAlias = reached
    .filter((endpoint) => bearsAlias(audience, endpoint))
    .map(({ alias }) => `alias:${String(alias)}`);
  const byAddress = plans
    .filter(({ channelId, kind }) =>
      endpoints.some(
        (endpoint) =>
          endpoint.kind === kind && (audience.addresses[String(channelId)] ?? []).includes(endpoint.address),
      ),
    )
    .map(({ channelId }) => `address:${channelCode(channels, channelId)}`);
  return [...byId, ...new Set(byAlias), ...byAddress];
}
