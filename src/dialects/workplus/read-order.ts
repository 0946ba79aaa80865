import { InvalidRequest } from '../../common/problem.js';
import { readArticles } from './bodies/articles.js';
import { readFile, readImage, readVideo } from './bodies/media-body.js';
import { readRichText } from './bodies/rich-text.js';
import type { Said } from './bodies/said.js';
import { readTemplateOrder, type TemplateOrder } from './bodies/template-data.js';
import { readText } from './bodies/text.js';
import { readPeople, type WirePeople } from './people.js';
import { type Platform, readPlatforms } from './platforms.js';
import { isObject, WireFields } from './wire-fields.js';

/** What a request to push asks for; nothing of it is looked up yet. */
export interface Order {
  type: MessageType;
  /** What it says: words of its own, or a template with data. */
  what: { said: Said } | { template: TemplateOrder };
  people: WirePeople;
  platforms: readonly Platform[];
  sourceType: string;
  /** Sent before what waits in the queue. */
  direct: boolean;
  /** Buttons, and who may press them: for clients. */
  extras: Record<string, unknown>;
}

/** Body readers by type; template messages are read apart. */
const READERS = {
  TEXT: readText,
  IMAGE: readImage,
  FILE: readFile,
  VIDEO: readVideo,
  ARTICLE: readArticles,
  RICH_TEXT: readRichText,
} as const satisfies Record<string, (body: WireFields, now: Date) => Said>;

export type MessageType = keyof typeof READERS | 'TEMPLATE';

/** `iamge` is how the table spells it; `default` has no body of its own in the document. */
const ALIASES: Readonly<Record<string, MessageType>> = { IAMGE: 'IMAGE', DEFAULT: 'TEXT' };
const SOURCES: readonly string[] = ['NATIVE', 'ISV'];
/** Of a direct push, by the later document. */
const MOST_DIRECT = 400;

/**
 * Reads the query and the body of a push. What may stand in either is looked for in the query first.
 * @throws InvalidRequest naming the first wrong field
 */
export function readOrder(query: unknown, body: unknown, now: Date): Order {
  const fields = WireFields.from(body);
  const ahead = [WireFields.from(query ?? {}), fields];
  const flag = (name: string): boolean => ahead.map((one) => one.flag(name)).find((one) => one !== undefined) ?? false;
  const type = readType(fields);
  const said = fields.requiredObject('body');
  const order: Order = {
    type,
    what: type === 'TEMPLATE' ? { template: readTemplateOrder(said) } : { said: READERS[type](said, now) },
    people: readPeople(fields, flag('for_all')),
    platforms: readPlatforms(fields),
    sourceType: readSource(ahead),
    direct: flag('direct'),
    extras: readExtras(fields),
  };
  if (order.direct) checkDirect(order.people);
  return order;
}

function readType(fields: WireFields): MessageType {
  const name = fields.code('type')?.toUpperCase() ?? 'TEXT';
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name] ?? 'TEXT';
  if (name === 'TEMPLATE' || Object.hasOwn(READERS, name)) return name as MessageType;
  throw InvalidRequest.at('type', `must be one of ${Object.keys(READERS).join(', ')}, TEMPLATE`);
}

function readSource(ahead: readonly WireFields[]): string {
  const source = ahead.map((one) => one.code('source_type')?.toUpperCase()).find((one) => one !== undefined);
  if (source !== undefined && !SOURCES.includes(source))
    throw InvalidRequest.at('source_type', 'must be NATIVE or ISV');
  return source ?? 'NATIVE';
}

function readExtras(fields: WireFields): Record<string, unknown> {
  const actions = fields.list('actions');
  const acl = fields.raw('action_acl');
  if (acl !== undefined && !isObject(acl)) throw InvalidRequest.at('action_acl', 'must be an object');
  return { ...(actions === undefined ? {} : { actions }), ...(acl === undefined ? {} : { action_acl: acl }) };
}

function checkDirect({ clientIds, usernames, scopes, everyone }: WirePeople): void {
  if (everyone) throw InvalidRequest.at('for_all', 'is not for a direct push');
  if (scopes.length > 0) throw InvalidRequest.at('scopes', 'are not for a direct push');
  if (clientIds.length + usernames.length > MOST_DIRECT) {
    const path = clientIds.length > MOST_DIRECT || usernames.length === 0 ? 'client_ids' : 'usernames';
    throw InvalidRequest.at(path, `name more than ${MOST_DIRECT} people`);
  }
}
