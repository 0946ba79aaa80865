import { createHash } from 'node:crypto';
import { clampTtl, type PushWords, stringData } from '../push/push-words.js';
import { cut, tooLarge } from '../push/too-large.js';
import type { Outcome, VendorRequest } from '../vendor.js';
import { RECEIPT_TYPE_SUM } from './codes.js';
import { TTL } from './definition.js';

const LONGEST_TITLE = 32;
const LONGEST_CONTENT = 100;
const LARGEST_SILENT = 3800;
const LONGEST_CALLBACK = 128;
const LONGEST_NOTIFY_KEY = 8;
const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;

export interface MeizuSettings {
  appId: string;
  appSecret: string;
  receipts: boolean;
  noticeMsgType: number;
  baseUrl: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Request = Pick<VendorRequest, 'tag' | 'receiptUrl' | 'account'>;

/** The way of pushing, as Meizu names it: shown in the notification bar, or handed to the app. */
type Way = 'varnished' | 'unvarnished';

/**
 * Left out, since Meizu cannot: a badge, a sound, a channel; and a picture, which it takes of its paying apps only. Titles are cut
 * to 32 characters, texts to 100. A silent push is handed to the app with its data as JSON, for which the app needs a right that
 * Meizu gives no longer.
 */
export function messageJson(words: PushWords, request: Request): { way: Way; json: string } | { refused: Outcome } {
  if (!words.silent) return { way: 'varnished', json: JSON.stringify(shown(words, request)) };
  const content = JSON.stringify(words.data);
  const refused = tooLarge(Buffer.byteLength(content), LARGEST_SILENT);
  if (refused !== undefined) return { refused };
  return { way: 'unvarnished', json: JSON.stringify({ content, pushTimeInfo: pushTimeOf(words) }) };
}

function shown(words: PushWords, { tag, receiptUrl, account }: Request): Fields {
  const settings = account.settings as unknown as MeizuSettings;
  const { title, text, bigText, own } = words;
  const asksForReceipts =
    settings.receipts && receiptUrl !== undefined && Buffer.byteLength(receiptUrl) <= LONGEST_CALLBACK;
  return {
    noticeBarInfo: {
      noticeMsgType: own['noticeMsgType'] ?? settings.noticeMsgType,
      title: cut(title ?? text ?? '', LONGEST_TITLE),
      content: cut(text ?? title ?? '', LONGEST_CONTENT),
    },
    noticeExpandInfo: bigText === undefined ? undefined : { noticeExpandType: 1, noticeExpandContent: bigText },
    clickTypeInfo: clickOf(words),
    pushTimeInfo: pushTimeOf(words),
    advanceInfo: advanceOf(words),
    extra: asksForReceipts
      ? { callback: receiptUrl, 'callback.param': tag, 'callback.type': RECEIPT_TYPE_SUM }
      : undefined,
  };
}

function clickOf({ click, data }: PushWords): Fields {
  const parameters = Object.keys(data).length === 0 ? {} : { parameters: stringData(data) };
  switch (click.to) {
    case 'app':
      return { clickType: 0, ...parameters };
    case 'url':
    case 'link':
      return { clickType: 2, url: click.url, ...parameters };
    case 'intent':
      return { clickType: 2, url: click.intent, ...parameters };
  }
}

/** Whole hours, not longer than wanted unless that is less than one. */
function pushTimeOf({ ttlSeconds }: PushWords): Fields | undefined {
  const ttl = clampTtl(ttlSeconds, TTL);
  return ttl === undefined ? undefined : { offLine: 1, validTime: Math.floor(ttl / 3_600) };
}

function advanceOf({ collapseKey, displayFrom, displayUntil }: PushWords): Fields | undefined {
  const window =
    displayFrom === undefined
      ? {}
      : {
          fixDisplay: 1,
          fixStartDisplayTime: inChina(displayFrom),
          ...(displayUntil === undefined ? {} : { fixEndDisplayTime: inChina(displayUntil) }),
        };
  const key = collapseKey === undefined ? {} : { notifyKey: notifyKeyOf(collapseKey) };
  const fields = { ...window, ...key };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** Eight characters of the 64 that Meizu takes, the same for the same key. */
const notifyKeyOf = (collapseKey: string): string =>
  createHash('sha256').update(collapseKey).digest('base64url').slice(0, LONGEST_NOTIFY_KEY);

/** As clocks in China show it: 2026-12-01 08:00:00. */
const inChina = (time: Date): string =>
  new Date(time.getTime() + CHINA_OFFSET_MILLISECONDS).toISOString().slice(0, 19).replace('T', ' ');
