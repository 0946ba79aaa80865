import { type FieldError, InvalidRequest } from '../../common/problem.js';
import type { Audience, Devices, MessageRequest, Selectors, TemplateUse } from '../message-request.js';
import type { AudienceDto, DevicesDto, SelectorsDto } from './audience.dto.js';
import type { CreateMessageDto, TemplateUseDto } from './create-message.dto.js';
import {
  addressFaults,
  aliasFaults,
  channelListFaults,
  codeFaults,
  endpointFaults,
  platformFaults,
  routeFaults,
  scopeFaults,
} from './list-faults.js';
import { sendAtFault } from './send-at-fault.js';
import { paramsFaults } from './params-faults.js';
import { parseTime } from './time-with-zone.js';
import { unstorableFaults } from './unstorable-faults.js';

const CODE_NAMES = ['users', 'departments', 'posts', 'roles', 'tags'] as const;
const SELECTOR_NAMES = [...CODE_NAMES, 'scopes'] as const;
const LONGEST_KEY = 128;
/** So that a long list of wrong items does not become a longer answer. */
const MOST_ERRORS = 100;

export interface MessageRequestContext {
  /** The header Idempotency-Key, when given. */
  idempotencyKey?: string;
  now: Date;
}

/**
 * What the native API's body asks for. The body's classes have been checked field by field; here the items of its lists and maps
 * are, and what concerns several fields.
 * @throws InvalidRequest naming every wrong field by its path
 */
export function toMessageRequest(body: CreateMessageDto, context: MessageRequestContext): MessageRequest {
  const sendAt = timeOf(body.sendAt);
  // First, since it also bounds how deep the rest is nested.
  refuse(unstorableFaults(body));
  refuse([
    ...selectorFaults(body.audience, 'audience'),
    ...selectorFaults(body.audience.exclude ?? {}, 'audience.exclude'),
    ...endpointFaults(body.audience.endpoints, 'audience.endpoints'),
    ...aliasFaults(body.audience.aliases, 'audience.aliases'),
    ...addressFaults(body.audience.addresses, 'audience.addresses'),
    ...platformFaults(body.audience.devices?.platforms, 'audience.devices.platforms'),
    ...templateFaults(body.template),
    ...routeFaults(body.routes, 'routes'),
    ...sendAtFault(sendAt, context.now),
    ...keyFaults(body.dedupKey, context.idempotencyKey),
  ]);
  return {
    audience: toAudience(body.audience),
    contents: body.content,
    template: body.template && toTemplateUse(body.template),
    routes: body.routes,
    priority: body.priority,
    category: body.category,
    sendAt,
    expiresAt: timeOf(body.expiresAt),
    dedupKey: body.dedupKey ?? context.idempotencyKey,
    correlationId: body.correlationId,
    sender: body.sender && { code: body.sender.code, name: body.sender.name },
    options: body.options,
  };
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new InvalidRequest(errors.slice(0, MOST_ERRORS));
}

const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : parseTime(text));

function toSelectors(given: SelectorsDto): Selectors {
  const selectors: Selectors = {};
  for (const name of SELECTOR_NAMES) {
    const codes = given[name];
    if (codes !== undefined) selectors[name] = codes;
  }
  return selectors;
}

function toAudience(audience: AudienceDto): Audience {
  const { all, endpoints, aliases, addresses, devices, exclude } = audience;
  return {
    ...toSelectors(audience),
    ...(all === undefined ? {} : { all }),
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(aliases === undefined ? {} : { aliases }),
    ...(addresses === undefined ? {} : { addresses }),
    ...(devices === undefined ? {} : { devices: toDevices(devices) }),
    ...(exclude === undefined ? {} : { exclude: toSelectors(exclude) }),
  };
}

function toDevices({ platforms, latestOnly }: DevicesDto): Devices {
  return { ...(platforms === undefined ? {} : { platforms }), ...(latestOnly === undefined ? {} : { latestOnly }) };
}

function toTemplateUse({ code, params = {}, channelParams, channels }: TemplateUseDto): TemplateUse {
  return { code, params, channelParams, channels };
}

function selectorFaults(selectors: SelectorsDto, path: string): FieldError[] {
  return [
    ...CODE_NAMES.flatMap((name) => codeFaults(selectors[name] ?? [], `${path}.${name}`)),
    ...scopeFaults(selectors.scopes, `${path}.scopes`),
  ];
}

function templateFaults(template: TemplateUseDto | undefined): FieldError[] {
  if (template === undefined) return [];
  const { params, channelParams, channels } = template;
  return [
    ...paramsFaults(params, 'template.params'),
    ...Object.entries(channelParams ?? {}).flatMap(([code, own]) =>
      paramsFaults(own, `template.channelParams.${code}`),
    ),
    ...channelListFaults(channels, 'template.channels'),
  ];
}

function keyFaults(dedupKey: string | undefined, header: string | undefined): FieldError[] {
  if (header === undefined) return [];
  if (header === '' || header.length > LONGEST_KEY) {
    return [{ path: 'Idempotency-Key', message: `must be 1 to ${LONGEST_KEY} characters long` }];
  }
  if (dedupKey === undefined || dedupKey === header) return [];
  return [{ path: 'dedupKey', message: 'differs from the header Idempotency-Key' }];
}
