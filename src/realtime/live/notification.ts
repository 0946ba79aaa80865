/** The channel of NOTIFY on which processes tell each other. */
export const LIVE_CHANNEL = 'tidings_live';

/** Postgres takes less than 8000 bytes in one. */
const MOST_BYTES = 7_500;
/** Brackets, commas and the head of one. */
const FRAME_BYTES = 100;

/** People who have a new item of one message on one channel. */
export interface InboxNews {
  messageId: string;
  channelId: number;
  recipientIds: readonly string[];
}

/** A push to a device of somebody. */
export interface PushNews {
  reference: string;
  recipientId: string;
}

/** What a process that serves live clients is told. */
export type LiveNotification =
  | { kind: 'inbox'; organisationId: number; news: InboxNews[] }
  | { kind: 'push'; organisationId: number; accountId: number; pushes: PushNews[] }
  | { kind: 'close'; organisationId: number; connectionIds: string[] };

type Line = [messageId: string, channelId: number, ...recipientIds: string[]];

/** New items, in as few texts as hold them. */
export function inboxNotifications(organisationId: number, news: readonly InboxNews[]): string[] {
  const texts: Line[][] = [];
  let room = 0;
  for (const { messageId, channelId, recipientIds } of news) {
    const head = messageId.length + String(channelId).length + 6;
    let line: Line | undefined;
    for (const recipientId of recipientIds) {
      const needed = recipientId.length + 3;
      if (room < needed + (line === undefined ? head : 0)) {
        texts.push([]);
        room = MOST_BYTES - FRAME_BYTES;
        line = undefined;
      }
      if (line === undefined) {
        line = [messageId, channelId];
        texts.at(-1)?.push(line);
        room -= head;
      }
      line.push(recipientId);
      room -= needed;
    }
  }
  return texts.map((lines) => JSON.stringify(['inbox', organisationId, lines]));
}

/** Pushes to devices that are online, through one vendor account. */
export const pushNotifications = (organisationId: number, accountId: number, pushes: readonly PushNews[]): string[] =>
  parts(pushes.map(({ reference, recipientId }) => `${reference} ${recipientId}`)).map((part) =>
    JSON.stringify(['push', organisationId, accountId, part]),
  );

/** Connections that have to go. */
export const closeNotifications = (organisationId: number, connectionIds: readonly string[]): string[] =>
  parts(connectionIds).map((part) => JSON.stringify(['close', organisationId, part]));

function parts(texts: readonly string[]): string[][] {
  const found: string[][] = [];
  let room = 0;
  for (const text of texts) {
    const needed = text.length + 3;
    if (room < needed) {
      found.push([]);
      room = MOST_BYTES - FRAME_BYTES;
    }
    found.at(-1)?.push(text);
    room -= needed;
  }
  return found;
}

/** What such a text says; undefined for anything else, such as what another version may say one day. */
export function readNotification(text: string): LiveNotification | undefined {
  if (!text.startsWith('["')) return undefined;
  const [kind, organisationId, ...rest] = JSON.parse(text) as [string, number, ...unknown[]];
  switch (kind) {
    case 'inbox': {
      const [lines] = rest as [Line[]];
      const news = lines.map(([messageId, channelId, ...recipientIds]) => ({ messageId, channelId, recipientIds }));
      return { kind, organisationId, news };
    }
    case 'push': {
      const [accountId, texts] = rest as [number, string[]];
      const pushes = texts.map((one) => {
        const [reference = '', recipientId = ''] = one.split(' ');
        return { reference, recipientId };
      });
      return { kind, organisationId, accountId, pushes };
    }
    case 'close':
      return { kind, organisationId, connectionIds: (rest as [string[]])[0] };
    default:
      return undefined;
  }
}
