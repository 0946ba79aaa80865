import type { Content } from '../../channels/channel-kind.js';
import type { PushOptions } from '../../channels/push-options.js';
import { InvalidRequest } from '../../common/problem.js';
import { readBadge, readExtras } from './push-extras.js';
import { unpacked, type WireFields } from './wire-fields.js';

const TYPES = ['text', 'image', 'cmd'] as const;
type MessageType = (typeof TYPES)[number];

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 4_000;
const LONGEST_URL = 2_048;
const PICTURE = /\.(jpe?g|png)$/i;
/** A time above this is one of milliseconds: as seconds it would be in the year 5138. */
const SECONDS_BELOW = 100_000_000_000;
/** The year 10000, in milliseconds. */
const LATEST = 253_402_300_800_000;

/** 推送消息体, in Tidings' words. */
export interface PushMessage {
  content: Content;
  options: PushOptions;
  /** `silent` for what the application gets and nobody sees. */
  category: 'notification' | 'silent';
  /** After this instant nothing shall be shown; it may be past. */
  displayUntil?: Date;
}

/** @throws InvalidRequest naming the first wrong field */
export function readMessage(body: WireFields): PushMessage {
  const message = body.requiredObject('message');
  const type = readType(message);
  const title = message.text('title', LONGEST_TITLE);
  const words = message.text('body', LONGEST_TEXT);
  const bigText = message.text('big_text', LONGEST_TEXT);
  const attachment = readAttachment(message, type);
  const ext = readExt(message);
  if (type === 'text' && title === undefined && words === undefined && bigText === undefined)
    throw InvalidRequest.at('message', 'of type text needs a title, a body or a big_text');
  if (type === 'cmd' && words === undefined && ext === undefined)
    throw InvalidRequest.at('message', 'of type cmd needs a body or an ext');
  const picture = attachment !== undefined && (type === 'image' || isPicture(attachment));
  const { from, until } = readWindow(message);
  const badge = readBadge(message, type !== 'cmd');
  return {
    content: contentOf({ title, text: words ?? bigText, ext, attachment: picture ? undefined : attachment }),
    options: {
      type,
      ...(bigText === undefined ? {} : { bigText }),
      ...(picture ? { image: attachment } : {}),
      ...(badge === undefined ? {} : { badge }),
      ...(from === undefined ? {} : { displayFrom: from.toISOString() }),
      ...(until === undefined ? {} : { displayUntil: until.toISOString() }),
      ...readExtras(message),
    },
    category: type === 'cmd' ? 'silent' : 'notification',
    ...(until === undefined ? {} : { displayUntil: until }),
  };
}

function readType(message: WireFields): MessageType {
  const given = message.text('type', 20)?.trim().toLowerCase() ?? 'text';
  const type = TYPES.find((known) => known === given);
  if (type === undefined) throw InvalidRequest.at('message.type', 'must be text, image or cmd');
  return type;
}

/** Nothing is fetched from here: the vendors fetch it, or the application does. */
function readAttachment(message: WireFields, type: MessageType): string | undefined {
  const url = message.text('attachment_url', LONGEST_URL)?.trim();
  if (url === undefined) {
    if (type === 'image') throw InvalidRequest.at('message.attachment_url', 'is required for an image');
    return undefined;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw InvalidRequest.at('message.attachment_url', 'must be an http(s) address');
  if (type === 'image' && !isPicture(url))
    throw InvalidRequest.at('message.attachment_url', 'must end in .jpg, .jpeg or .png for an image');
  return url;
}

const isPicture = (url: string): boolean => PICTURE.test(new URL(url).pathname);

function readExt(message: WireFields): Record<string, unknown> | undefined {
  const ext = unpacked(message.raw('ext'));
  if (ext === undefined) return undefined;
  if (typeof ext !== 'object' || ext === null || Array.isArray(ext))
    throw InvalidRequest.at('message.ext', 'must be a JSON object');
  return ext as Record<string, unknown>;
}

/** Sound and film have no place of their own in a notification: the application finds their address in `ext`. */
function contentOf(words: {
  title?: string;
  text?: string;
  ext?: Record<string, unknown>;
  attachment?: string;
}): Content {
  const { title, text, attachment } = words;
  const ext = attachment === undefined ? words.ext : { attachment_url: attachment, ...words.ext };
  const content = {
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    ...(ext === undefined ? {} : { ext }),
  };
  // A picture may stand alone.
  return Object.keys(content).length === 0 ? { ext: {} } : content;
}

/** 定时展示: when it may be seen, which is not when it is sent. Zero is how many clients write "not set". */
function readWindow(message: WireFields): { from?: Date; until?: Date } {
  const from = readInstant(message, 'show_begin_time');
  const until = readInstant(message, 'show_end_time');
  if (from !== undefined && until !== undefined && until <= from)
    throw InvalidRequest.at('message.show_end_time', 'must be after show_begin_time');
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

function readInstant(message: WireFields, name: string): Date | undefined {
  const given = message.integer(name, 0, Number.MAX_SAFE_INTEGER);
  if (given === undefined || given === 0) return undefined;
  const milliseconds = given > SECONDS_BELOW ? given : given * 1000;
  if (milliseconds >= LATEST) throw InvalidRequest.at(message.at(name), 'is too far away');
  return new Date(milliseconds);
}
