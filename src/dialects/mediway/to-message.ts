import type { Content } from '../../channels/channel-kind.js';
import { InvalidRequest, NotFound } from '../../common/problem.js';
import type { MessageRequest, TemplateUse } from '../../messages/message-request.js';
import { readChannelContent, type MediwayChannel } from './channel-content.js';
import { readPriority } from './priority.js';
import { readReceivers, type Receivers } from './receivers.js';
import { readSendTime } from './send-time.js';
import { WireObject } from './wire-object.js';

/** What a push is read against; nothing else decides its meaning. */
export interface MediwayContext {
  now: Date;
  /** IANA name of the zone in which times without one are read. */
  timeZone: string;
  /** Every channel of the organisation. */
  channels: readonly MediwayChannel[];
}

export interface MediwayCommand {
  appId: string;
  request: MessageRequest;
}

/** What the two calls have in common, read before what they say. */
type What = Pick<MessageRequest, 'audience' | 'contents' | 'template'> & { skippedChannels?: string[] };

/**
 * The application a body claims to come from, to be known before the rest can be read.
 * @throws InvalidRequest when it is missing
 */
export function readAppId(body: unknown): string {
  return WireObject.from(body).requiredCode('appId');
}

/**
 * 发送普通消息: content per channel.
 * @throws InvalidRequest naming the first wrong field
 * @throws NotFound for a channel code the organisation does not have
 */
export function channelPushToMessage(body: unknown, context: MediwayContext): MediwayCommand {
  const push = WireObject.from(body);
  const appId = readAppId(body);
  const receivers = readReceivers(push);
  const data = push.requiredObject('channelData');
  const channels = data.names.map((code) => findChannel(code, context));
  if (channels.length === 0) throw InvalidRequest.at('channelData', 'must hold the content of some channel');
  const used = channels.filter(({ code }) => 'audience' in receivers || receivers.addresses.has(code));
  if (used.length === 0) throw InvalidRequest.at('receiverData', 'names no account of a channel in channelData');
  const contents = Object.fromEntries(
    used.map((channel): [string, Content] => [
      channel.code,
      readChannelContent(data.requiredObject(channel.code), channel),
    ]),
  );
  return { appId, request: toRequest(push, 'channel', { contents, ...addressed(receivers, data.names) }, context) };
}

/**
 * 发送模板消息: a template of ours and its variables. Whether the template exists and has all its variables is found on acceptance.
 * @throws InvalidRequest naming the first wrong field
 * @throws NotFound for a channel code, among custom receivers, that the organisation does not have
 */
export function templatePushToMessage(body: unknown, context: MediwayContext): MediwayCommand {
  const push = WireObject.from(body);
  const appId = readAppId(body);
  const receivers = readReceivers(push);
  const template: TemplateUse = {
    code: push.requiredCode('templateCode'),
    ...readVariables(push.requiredObject('channelParamData'), context),
  };
  if ('audience' in receivers) {
    return { appId, request: toRequest(push, 'template', { audience: receivers.audience, template }, context) };
  }
  const channels = [...receivers.addresses.keys()].map((code) => findChannel(code, context).code);
  const what = { ...addressed(receivers, channels), template: { ...template, channels } };
  return { appId, request: toRequest(push, 'template', what, context) };
}

function toRequest(
  push: WireObject,
  scale: 'channel' | 'template',
  what: What,
  context: MediwayContext,
): MessageRequest {
  const { skippedChannels, ...rest } = what;
  const code = push.code('senderCode');
  const name = push.code('senderName');
  const kept = { priority: push.raw('priority'), skippedChannels };
  const mediway = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return {
    ...rest,
    priority: readPriority(push, scale),
    category: push.code('msgType') ?? 'notice',
    sendAt: readSendTime(push, context.now, context.timeZone),
    correlationId: push.code('businessId'),
    sender: code === undefined && name === undefined ? undefined : { code, name },
    options: Object.keys(mediway).length === 0 ? undefined : { mediway },
  };
}

function findChannel(code: string, { channels }: MediwayContext): MediwayChannel {
  const channel = channels.find((candidate) => candidate.code === code);
  if (!channel) throw new NotFound('channel', code);
  return channel;
}

/** Accounts are used where their channel has something to say; the codes standing on one side only are remembered. */
function addressed(receivers: Receivers, channels: string[]): Pick<What, 'audience' | 'skippedChannels'> {
  if ('audience' in receivers) return { audience: receivers.audience };
  const { addresses, empty } = receivers;
  const used = [...addresses].filter(([code]) => channels.includes(code));
  const all = new Set([...addresses.keys(), ...empty, ...channels]);
  const skipped = [...all].filter((code) => !addresses.has(code) || !channels.includes(code));
  return {
    audience: { addresses: Object.fromEntries(used) },
    skippedChannels: skipped.length === 0 ? undefined : skipped,
  };
}

/** Variables are flat, unless every key is a channel code and every value an object: then they are per channel. */
function readVariables(data: WireObject, context: MediwayContext): Pick<TemplateUse, 'params' | 'channelParams'> {
  const values = data.values();
  const names = Object.keys(values);
  const perChannel = names.every(
    (name) => isObject(values[name]) && context.channels.some(({ code }) => code === name),
  );
  if (names.length === 0 || !perChannel) return { params: values };
  const channelParams = Object.fromEntries(names.map((name) => [name, data.requiredObject(name).values()]));
  return { params: {}, channelParams };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
