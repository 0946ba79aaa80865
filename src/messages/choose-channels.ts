import { checkContent } from '../channels/content-schema.js';
import type { OrganisationChannels, RoutedChannel } from '../channels/organisation-channels.js';
import { type FieldError, InvalidRequest } from '../common/problem.js';
import type { TemplateVersionContent } from '../templates/template-directory.js';
import { checkParams } from '../templates/rendering/declared-variables.js';
import type { TemplateRecipient } from '../templates/rendering/render-content.js';
import { templateWords } from './message-words.js';
import type { MessageRequest, TemplateUse } from './message-request.js';
import type { ChannelPlan } from './resolved-message.js';

/** Channels and words of a message, checked. */
export interface ChosenChannels {
  channels: ChannelPlan[];
  params: Record<string, unknown> | null;
}

/** The channels whose content the caller gave. */
export function contentChannels(
  contents: NonNullable<MessageRequest['contents']>,
  directory: OrganisationChannels,
): ChosenChannels {
  const errors: FieldError[] = [];
  const channels = Object.entries(contents).flatMap(([code, content]): ChannelPlan[] => {
    const channel = usable(directory, code, `content.${code}`);
    errors.push(...checkContent(channel.kind, content, `content.${code}`));
    return [{ channelId: channel.id, kind: channel.kind, content }];
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
  if (channels.length === 0) throw InvalidRequest.at('content', 'must say something on at least one channel');
  return { channels, params: null };
}

/** The channels that a template is sent through: those asked for, or every enabled one whose kind it has content for. */
export function templateChannels(
  use: TemplateUse,
  template: TemplateVersionContent,
  directory: OrganisationChannels,
): ChosenChannels {
  const wanted =
    use.channels?.map((code) => usable(directory, code, 'template.channels')) ??
    directory.channels.filter(({ enabled }) => enabled);
  const fitting = wanted.filter(({ kind }) => template.contents[kind] !== undefined);
  if (fitting.length === 0) {
    throw InvalidRequest.at(
      'template.channels',
      `the template ${use.code} has content for none of these channels`,
      'no_channel',
    );
  }
  const channels = fitting.map((channel): ChannelPlan => {
    const own = use.channelParams?.[channel.code];
    return {
      channelId: channel.id,
      kind: channel.kind,
      ...(own === undefined ? {} : { params: checkParams(template.variables, { ...use.params, ...own }) }),
    };
  });
  // Values given channel by channel need no common ones.
  const shared = channels.some(({ params: own }) => own === undefined);
  const params = shared ? checkParams(template.variables, use.params) : use.params;
  for (const channel of channels) rehearse(template, channel, params);
  return { channels, params };
}

/** Puts the routes that a message asks for on its channels. */
export function narrowRoutes(
  channels: readonly ChannelPlan[],
  routes: Readonly<Record<string, readonly string[]>>,
  directory: OrganisationChannels,
): ChannelPlan[] {
  const wanted = new Map<number, number[]>();
  for (const [code, accounts] of Object.entries(routes)) {
    const path = `routes.${code}`;
    const channel = directory.byCode(code);
    if (!channels.some(({ channelId }) => channelId === channel?.id))
      throw InvalidRequest.at(path, 'the message says nothing on this channel');
    if (accounts.length === 0) throw InvalidRequest.at(path, 'must name at least one vendor account');
    const ids = accounts.map((account, index) => {
      const found = channel?.route.find((known) => known.code === account);
      if (found === undefined)
        throw InvalidRequest.at(
          `${path}[${index}]`,
          `${account} is not on the route of channel ${code}`,
          'not_on_route',
        );
      return found.id;
    });
    wanted.set(channel?.id ?? 0, [...new Set(ids)]);
  }
  return channels.map((plan) => {
    const route = wanted.get(plan.channelId);
    return route === undefined ? plan : { ...plan, route };
  });
}

/** Somebody with every field, so that a rehearsal fails only for what the caller left out. */
const ANYBODY: TemplateRecipient = { code: 'code', name: 'name', locale: 'en', attributes: null };

/** Renders every locale once, so that a missing variable is told to the caller now and not discovered person by person. */
function rehearse(
  template: TemplateVersionContent,
  { kind, params: own }: ChannelPlan,
  params: Record<string, unknown>,
): void {
  const contents = template.contents[kind] ?? {};
  const words = templateWords(kind, contents, own ?? params, '');
  if (words.personal) return;
  for (const locale of Object.keys(contents)) words.render(locale, ANYBODY);
}

function usable(directory: OrganisationChannels, code: string, path: string): RoutedChannel {
  const channel = directory.byCode(code);
  if (channel === undefined) throw InvalidRequest.at(path, `there is no channel ${code}`, 'unknown_channel');
  if (!channel.enabled) throw InvalidRequest.at(path, `channel ${code} is switched off`, 'channel_disabled');
  return channel;
}
