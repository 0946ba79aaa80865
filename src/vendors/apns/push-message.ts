import { clampTtl, type PushWords } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import type { Outcome, VendorRequest } from '../vendor.js';
import { apsOf } from './aps.js';
import { collapseIdOf } from './collapse-id.js';
import type { ApnsSettings } from './credentials.js';
import { TTL } from './definition.js';

const LARGEST_PAYLOAD = 4096;
const LARGEST_VOIP_PAYLOAD = 5120;
const PRIORITIES = { high: '10', normal: '10', low: '5' } as const;

/** A push without its device: what all its requests share. */
export interface PushMessage {
  topic: string;
  type: 'alert' | 'background' | 'voip';
  priority: string;
  expiration: string;
  collapseId: string | undefined;
  body: Buffer;
}

/**
 * The payload holds `aps` (see {@link apsOf}) and beside it the data, a name `aps` in them left out; of a shown push also `url`, where a
 * tap leads, and `image`, unless the data have these names.
 */
export function pushMessage(
  words: PushWords,
  priority: VendorRequest['priority'],
  settings: ApnsSettings,
  now: Date,
): PushMessage | { refused: Outcome } {
  const { click, image, silent, own } = words;
  const voip = own['voip'] === true;
  const url = click.to === 'url' || click.to === 'link' ? click.url : undefined;
  const payload = { ...(silent ? {} : { url, image }), ...words.data, aps: apsOf(words, settings.sound) };
  const body = Buffer.from(JSON.stringify(payload));
  const refused = tooLarge(body.length, voip ? LARGEST_VOIP_PAYLOAD : LARGEST_PAYLOAD);
  if (refused !== undefined) return { refused };
  const type = voip ? 'voip' : silent ? 'background' : 'alert';
  return {
    topic: typeof own['topic'] === 'string' ? own['topic'] : `${settings.bundleId}${voip ? '.voip' : ''}`,
    type,
    priority: type === 'background' ? '5' : PRIORITIES[priority],
    expiration: String(Math.round(now.getTime() / 1000 + (clampTtl(words.ttlSeconds, TTL) ?? TTL.max))),
    collapseId: collapseIdOf(words),
    body,
  };
}
