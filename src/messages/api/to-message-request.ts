import { type FieldError, InvalidRequest } from '../../common/problem.js';
import type { Audience, MessageRequest, Selectors, TemplateUse } from '../message-request.js';
import type { AudienceDto, SelectorsDto } from './audience.dto.js';
import type { CreateMessageDto, TemplateUseDto } from './create-message.dto.js';
import { addressFaults, channelListFaults, codeFaults, endpointFaults } from './list-faults.js';
import { sendAtFault } from './send-at-fault.js';
import { paramsFaults } from './params-faults.js';
import { parseTime } from './time-with-zone.js';
import { unstorableFaults } from './unstorable-faults.js';

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
    ...addressFaults(body.audience.addresses, 'audience.addresses'),
    ...templateFaults(body.template),
    ...sendAtFault(sendAt, context.now),
    ...keyFaults(body.dedupKey, context.idempotencyKey),
  ]);
  return {
    audience: toAudience(body.audience),
    contents: body.content,
    template: body.template && toTemplateUse(body.template),
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

function toSelectors({ users, departments, posts, roles, tags }: SelectorsDto): Selectors {
  const given = Object.entries({ users, departments, posts, roles, tags }).filter(([, list]) => list !== undefined);
  return Object.fromEntries(given);
}

function toAudience(audience: AudienceDto): Audience {
  const { all, endpoints, addresses, exclude } = audience;
  return {
    ...toSelectors(audience),
    ...(all === undefined ? {} : { all }),
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(addresses === undefined ? {} : { addresses }),
    ...(exclude === undefined ? {} : { exclude: toSelectors(exclude) }),
  };
}

function toTemplateUse({ code, params = {}, channelParams, channels }: TemplateUseDto): TemplateUse {
  return { code, params, channelParams, channels };
}

function selectorFaults(selectors: SelectorsDto, path: string): FieldError[] {
  return Object.entries(toSelectors(selectors)).flatMap(([name, list]) =>
    codeFaults(list as unknown[], `${path}.${name}`),
  );
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
