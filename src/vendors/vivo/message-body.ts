import { createHash } from 'node:crypto';
import { clampTtl, notifyNumber, type PushWords, stringData } from '../push/push-words.js';
import type { Outcome, VendorRequest, VendorTarget } from '../vendor.js';
import type { Scope } from './codes.js';
import { classOfCategory, LEAST_TTL_OF_A_LIST, TTL } from './definition.js';
import { cutHalfWidth } from './half-width.js';

const LONGEST_TITLE = 40;
const LONGEST_CONTENT = 100;
const LONGEST_SKIP = { url: 1000, page: 1024 };
const MOST_DATA = 10;
const LONGEST_DATA = 1024;
const LONGEST_CALLBACK = 128;

export interface VivoSettings {
  appId: string;
  appKey: string;
  appSecret: string;
  receiptId?: string;
  classification?: number;
  category?: string;
  notifyType: number;
  pushMode: number;
  baseUrl: string;
}

/** A message without its devices and its request id, and what it counts under. */
interface MessageBody {
  body: Readonly<Record<string, unknown>>;
  scopes: readonly Scope[];
}

/**
 * Left out, since vivo cannot: a badge that is set, or raised by more than one; a picture, a sound, a long text, a channel, a
 * display window (its end is the expiry). Titles are cut to 40 half-width characters, texts to 100. A silent push is `unreachable`
 * here: vivo shows whatever it is given, and another account of the route may not. Without a key of its own, a push replaces the
 * notification of an earlier try of itself, so that one whose answer was lost is not seen twice.
 */
export function messageBody(
  words: PushWords,
  { tag, receiptUrl, account }: Pick<VendorRequest, 'tag' | 'receiptUrl' | 'account'>,
  isList: boolean,
): MessageBody | { refused: Outcome } {
  if (words.silent)
    return { refused: { status: 'unreachable', code: 'no-silent-push', detail: 'vivo has no silent pushes.' } };
  const settings = account.settings as unknown as VivoSettings;
  const { own } = words;
  const data = stringData(words.data);
  const skip = skipOf(words.click);
  const refused = skipProblem(skip) ?? dataProblem(data);
  if (refused !== undefined) return { refused };
  const { classification, category } = classOf(own, settings);
  const least = isList ? LEAST_TTL_OF_A_LIST : TTL.min;
  const body = {
    appId: Number(settings.appId),
    notifyType: own['notifyType'] ?? settings.notifyType,
    title: cutHalfWidth(words.title ?? words.text ?? '', LONGEST_TITLE),
    content: cutHalfWidth(words.text ?? words.title ?? '', LONGEST_CONTENT),
    timeToLive: clampTtl(words.ttlSeconds, { ...TTL, min: least }),
    ...skip,
    classification,
    category,
    clientCustomMap: Object.keys(data).length === 0 ? undefined : data,
    extra: extraOf(settings, tag, isList ? undefined : receiptUrl),
    pushMode: own['pushMode'] ?? settings.pushMode,
    notifyId: notifyNumber(words.collapseKey ?? tag),
    foregroundShow: own['foregroundShow'],
    addBadge: words.badge !== undefined && 'add' in words.badge && words.badge.add > 0 ? true : undefined,
  };
  return { body, scopes: [classification === 1 ? 'system' : 'operations', ...(isList ? ['list' as const] : [])] };
}

/**
 * Names one try of these devices: vivo refuses an id that it has seen. A later try has another, since vivo does not say what became of
 * the first; whoever comes twice with the same one (a worker died before it had recorded the answer) learns that from the refusal.
 */
export function requestIdOf({ tag, attempt }: VendorRequest, targets: readonly VendorTarget[]): string {
  const references = createHash('sha256').update(targets.map(({ reference }) => reference).join(' '));
  return `${tag}-${attempt}-${references.digest('hex').slice(0, 24)}`;
}

/** A message's own class or category stands before those of the account, of which a category goes only with its class. */
function classOf(
  own: PushWords['own'],
  settings: VivoSettings,
): { classification: number; category: string | undefined } {
  const named = own['category'] as string | undefined;
  const classification =
    (own['classification'] as number | undefined) ??
    classOfCategory(named) ??
    settings.classification ??
    classOfCategory(settings.category) ??
    0;
  const usual = classOfCategory(settings.category) === classification ? settings.category : undefined;
  return { classification, category: named ?? usual };
}

function skipOf(click: PushWords['click']): { skipType: number; skipContent?: string } {
  switch (click.to) {
    case 'app':
      return { skipType: 1 };
    case 'url':
      return { skipType: 2, skipContent: click.url };
    case 'link':
      return { skipType: 4, skipContent: click.url };
    case 'intent':
      return { skipType: 4, skipContent: click.intent };
  }
}

function skipProblem({ skipType, skipContent = '' }: ReturnType<typeof skipOf>): Outcome | undefined {
  return tooMany('url', skipContent.length, skipType === 2 ? LONGEST_SKIP.url : LONGEST_SKIP.page, 'characters');
}

function dataProblem(data: Readonly<Record<string, string>>): Outcome | undefined {
  const entries = Object.entries(data);
  const length = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return tooMany('data', entries.length, MOST_DATA, 'pairs') ?? tooMany('data', length, LONGEST_DATA, 'characters');
}

function tooMany(what: string, count: number, limit: number, unit: string): Outcome | undefined {
  return count <= limit ? undefined : { status: 'rejected', code: `${what}-too-long: ${count} of ${limit} ${unit}` };
}

/** Receipts of lists go only to an address that was registered with vivo. */
function extraOf(
  { receiptId }: VivoSettings,
  tag: string,
  receiptUrl: string | undefined,
): Readonly<Record<string, string>> | undefined {
  if (receiptId !== undefined) return { 'callback.id': receiptId, 'callback.param': tag };
  if (receiptUrl === undefined || receiptUrl.length > LONGEST_CALLBACK) return undefined;
  return { callback: receiptUrl, 'callback.param': tag };
}
