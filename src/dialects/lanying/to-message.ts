import type { Audience, MessageRequest } from '../../messages/message-request.js';
import { type Distribution, readDistribution } from './distribution.js';
import { type PushMessage, readMessage } from './push-message.js';
import { readAudience, type WireAudience } from './wire-audience.js';
import { WireFields } from './wire-fields.js';

const LONGEST_REQUEST_ID = 128;

/** 发推送通知, read and checked, with nobody looked up yet. */
export interface NotifyCommand {
  audience: WireAudience;
  /** Absent: every call is a task of its own. */
  requestId?: string;
  distribution: Distribution;
  message: PushMessage;
}

/** What a command becomes a message with. */
export interface NotifyContext {
  now: Date;
  /** Code of the channel. */
  channel: string;
  /** Codes of the vendor accounts to try. */
  route: string[];
  audience: Audience;
  /** In whose name an admin calls; kept, and without effect on a push. */
  actor: { userId?: string; groupId?: string };
}

/** @throws InvalidRequest naming the first wrong field, LanyingFault 12005 */
export function readNotify(body: unknown): NotifyCommand {
  const fields = WireFields.from(body);
  const setting = fields.object('setting');
  const requestId = setting?.text('request_id', LONGEST_REQUEST_ID)?.trim();
  return {
    audience: readAudience(fields),
    ...(requestId === undefined ? {} : { requestId }),
    distribution: readDistribution(setting),
    message: readMessage(fields),
  };
}

export function toMessage({ message }: NotifyCommand, context: NotifyContext): MessageRequest {
  const { now, channel, route, audience, actor } = context;
  const { displayUntil, content, options, category } = message;
  return {
    audience,
    contents: { [channel]: content },
    routes: { [channel]: route },
    category,
    options: { push: options, ...(Object.keys(actor).length === 0 ? {} : { lanying: actor }) },
    ...(displayUntil === undefined ? {} : expiry(displayUntil, now)),
  };
}

/** A window that is over is accepted and expires before anything is sent; a message may be due before now, but not after its end. */
function expiry(displayUntil: Date, now: Date): Pick<MessageRequest, 'sendAt' | 'expiresAt'> {
  return { sendAt: new Date(Math.min(now.getTime(), displayUntil.getTime() - 1)), expiresAt: displayUntil };
}
