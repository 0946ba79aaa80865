/** Tidings' own name for one delivery, short enough for every vendor: message, channel and endpoint in base 36. */
export function deliveryReference(messageId: string, channelId: number, endpointId: string): string {
  return `${base36(messageId)}-${channelId.toString(36)}-${base36(endpointId)}`;
}

/** Tidings' own name for a message on a channel, for vendors that take one word for many deliveries. */
export const messageTag = (messageId: string, channelId: number): string =>
  `${base36(messageId)}-${channelId.toString(36)}`;

/** Digits that a number holds exactly; it is ten times as fast as a BigInt. */
const EXACT_DIGITS = 15;

const base36 = (id: string): string => (id.length <= EXACT_DIGITS ? Number(id) : BigInt(id)).toString(36);

const SHAPE = /^([0-9a-z]{1,13})-([0-9a-z]{1,7})-([0-9a-z]{1,13})$/;
const LARGEST_ID = 9_223_372_036_854_775_807n;

function fromBase36(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value;
}

const TAG = /^([0-9a-z]{1,13})-([0-9a-z]{1,7})$/;

/** The message and channel that a tag names, or undefined for what is none of ours. */
export function parseTag(tag: string): { messageId: string; channelId: number } | undefined {
  const [, message, channel] = TAG.exec(tag) ?? [];
  if (message === undefined || channel === undefined) return undefined;
  const messageId = fromBase36(message);
  const channelId = Number.parseInt(channel, 36);
  if (messageId > LARGEST_ID || channelId > 2_147_483_647) return undefined;
  return { messageId: messageId.toString(), channelId };
}

/** The delivery that a reference names, or undefined for what is none of ours. */
export function parseReference(
  reference: string,
): { messageId: string; channelId: number; endpointId: string } | undefined {
  const [, message, channel, endpoint] = SHAPE.exec(reference) ?? [];
  if (message === undefined || channel === undefined || endpoint === undefined) return undefined;
  const messageId = fromBase36(message);
  const endpointId = fromBase36(endpoint);
  const channelId = Number.parseInt(channel, 36);
  if (messageId > LARGEST_ID || endpointId > LARGEST_ID || channelId > 2_147_483_647) return undefined;
  return { messageId: messageId.toString(), channelId, endpointId: endpointId.toString() };
}
