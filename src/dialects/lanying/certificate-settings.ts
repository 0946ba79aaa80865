/** 推送证书, with the keys of the document in its order. */
export interface Certificate {
  app_id: string | null;
  app_key: string | null;
  app_secret: string | null;
  certificate: string | null;
  name: string | null;
}

/** 证书提供方, by the document's numbers. */
export const PROVIDERS: Readonly<Record<number, string>> = {
  1: 'apns',
  2: 'huawei',
  3: 'xiaomi',
  4: 'meizu',
  5: 'vivo',
  6: 'oppo',
  7: 'fcm',
};

/** Names that vendors give what the document calls by one; the first that an account has holds. */
const NAMES = {
  app_id: ['appId', 'bundleId', 'topic', 'clientId', 'projectId'],
  app_key: ['appKey', 'keyId', 'packageName'],
  app_secret: ['appSecret', 'masterSecret', 'clientSecret', 'secret'],
  certificate: ['certificate', 'privateKey', 'signingKey', 'p8', 'p12', 'serviceAccount'],
} as const;

/** An account's settings in the document's words. */
export function toCertificate(name: string, settings: Readonly<Record<string, unknown>>, redact: boolean): Certificate {
  const one = (names: readonly string[]): string | null =>
    names.map((key) => textOf(settings[key])).find((text) => text !== null) ?? null;
  return {
    app_id: one(NAMES.app_id),
    app_key: one(NAMES.app_key),
    app_secret: redact ? null : one(NAMES.app_secret),
    certificate: redact ? null : one(NAMES.certificate),
    name,
  };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : null;
}
