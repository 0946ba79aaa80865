import type { Content } from '../../channels/channel-kind.js';
import type { Audience, MessageRequest, TemplateUse } from '../../messages/message-request.js';
import type { ClientIdHolder } from '../../recipients/client-ids.js';
import type { Order } from './read-order.js';
import type { TemplateDrawing } from './template-lines.js';
import { given } from './wire-fields.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** What a push says, with templates filled. */
export type Wording = ({ words: Content; drawing?: TemplateDrawing } | { use: TemplateUse }) & {
  /** As clients get it. */
  body: Record<string, unknown>;
  /** Came inside the body, and under which id it will be kept. */
  image?: { id: string; content: Buffer };
};

interface Push {
  by: WorkPlusCaller;
  order: Order;
  wording: Wording;
  audience: Audience;
  planId: string;
}

/** What no recipient's code can look like: codes hold no slash. */
const UNKNOWN_PREFIX = '/';

/**
 * Whom a push is for. Client ids that nobody has stand among the users in a form that is nobody's code, so that the message keeps
 * them as unresolved. A push for nobody names nobody in the same way, since a message must name somebody.
 */
export function audienceOf({ people, platforms }: Order, holders: ReadonlyMap<string, ClientIdHolder>): Audience {
  const devices = { platforms: platforms.map((name) => name.toLowerCase()) };
  if (people.everyone) return { all: true, devices };
  const byClientId = people.clientIds.map((id) => holders.get(id)?.code ?? `${UNKNOWN_PREFIX}${id}`);
  const users = [...new Set([...byClientId, ...people.usernames])];
  const { scopes } = people;
  return users.length + scopes.length === 0 ? { users: [UNKNOWN_PREFIX], devices } : { users, scopes, devices };
}

/** A push as a message. */
export function toMessage({ by, order, wording, audience, planId }: Push): MessageRequest {
  const { type, platforms, sourceType, direct, extras } = order;
  const { channel } = by.settings;
  const shared = {
    audience,
    category: 'app',
    priority: direct ? ('high' as const) : ('normal' as const),
    correlationId: planId,
  };
  if ('use' in wording) {
    const kept = { type, source_type: sourceType, platforms, body: wording.body, ...extras };
    return { ...shared, template: wording.use, options: { workplus: kept } };
  }
  const workplus = given({ type, platforms, body: wording.body, template: wording.drawing, ...extras });
  return {
    ...shared,
    contents: { [channel]: { ...wording.words, ext: { workplus } } },
    options: { workplus: { source_type: sourceType } },
  };
}
