import type { LanyingKeys } from './lanying-keys.js';

/** Sixteen bytes cannot be guessed, and a list of five hundred tokens stays small. */
const SIGNATURE_BYTES = 16;
const PREFIX = 'tdp_';
const SHAPE = /^tdp_([0-9a-z]{1,13})\.([\w-]{22})$/;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** PushToken: names one device to those who push, and is worth nothing in another organisation. It lasts as long as the device. */
export function pushTokenOf(keys: LanyingKeys, organisationId: number, endpointId: string): string {
  const id = BigInt(endpointId).toString(36);
  return `${PREFIX}${id}.${keys.sign('push-token', signed(organisationId, id), SIGNATURE_BYTES)}`;
}

/** The endpoint a push token names, or undefined for what is none of this organisation's. Looks nothing up. */
export function endpointOf(keys: LanyingKeys, organisationId: number, token: string): string | undefined {
  const [, id, given] = SHAPE.exec(token) ?? [];
  if (id === undefined || given === undefined) return undefined;
  if (!keys.verify('push-token', signed(organisationId, id), given, SIGNATURE_BYTES)) return undefined;
  let value = 0n;
  for (const digit of id) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value > LARGEST_ID ? undefined : value.toString();
}

const signed = (organisationId: number, id: string): string => `${organisationId} ${id}`;
