import { describe, expect, it } from '@jest/globals';
import { redact } from '../access/redact.js';
import { listDefinitions } from './list-definitions.js';
import type { VendorSetting } from './vendor.js';
import { fieldProblem } from './vendor-fields.js';

const SECRET = /secret|key$|token|passw|passphrase|private(?!Network)|serviceAccount|webhookUrl/i;
/** Named like secrets, and public: ids of keys and apps, public halves, names of places. */
const PUBLIC = new Set(['accessKeyId', 'apiKeySid', 'appKey', 'publicKey', 'secretId', 'tagKey', 'tokensPerRequest']);
/** What no setting says by chance. */
const SENTINEL = 'open sesame';

const definitions = await listDefinitions();

/** A value of the setting's type that holds the sentinel. */
function secretValue({ type }: VendorSetting): unknown {
  if (type === 'object') return { inner: SENTINEL };
  return type === 'array' ? [SENTINEL] : SENTINEL;
}

describe.each(definitions.map((definition) => [definition.code, definition] as const))(
  'the definition of %s',
  (code, { kind, serves, settings, options = [], capabilities }) => {
    it('has a code that can stand in an address', () => {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    });

    it.each([
      ['settings', settings],
      ['options', options],
    ])('names each of its %s once, and says what it is', (_what, fields) => {
      const names = fields.map(({ name }) => name);
      expect(names).toEqual([...new Set(names)]);
      expect(fields.filter(({ description }) => !/^\S.*\.$/.test(description))).toEqual([]);
    });

    it('asks for nothing that it would do without', () => {
      expect(settings.filter((setting) => setting.required && setting.default !== undefined)).toEqual([]);
    });

    it('takes its own defaults and examples', () => {
      const given = [...settings, ...options].flatMap((field) =>
        [field.default, field.example].filter((value) => value !== undefined).map((value) => ({ field, value })),
      );
      expect(given.map(({ field, value }) => [field.name, fieldProblem(field, value)])).toEqual(
        given.map(({ field }) => [field.name, undefined]),
      );
    });

    it('keeps what grants access to itself', () => {
      const open = settings.filter(({ name, sensitive }) => SECRET.test(name) && !PUBLIC.has(name) && !sensitive);
      expect(open.map(({ name }) => name)).toEqual([]);
      expect(settings.filter(({ name, sensitive }) => PUBLIC.has(name) && sensitive)).toEqual([]);
    });

    it('names its secrets so that the audit leaves them out', () => {
      const secrets = settings.filter(({ sensitive }) => sensitive);
      const body = { settings: Object.fromEntries(secrets.map((setting) => [setting.name, secretValue(setting)])) };
      expect(JSON.stringify(redact(body))).not.toContain(SENTINEL);
      expect(Object.keys((redact(body) as typeof body).settings)).toHaveLength(secrets.length);
    });

    it('can do no more in a request than in a call', () => {
      const { requestSize, batchSize, concurrency, ttl } = capabilities;
      expect(requestSize).toBeGreaterThanOrEqual(1);
      expect(batchSize).toBeGreaterThanOrEqual(requestSize);
      expect(batchSize).toBeLessThanOrEqual(1000);
      expect(concurrency).toBeGreaterThanOrEqual(1);
      expect(ttl?.min ?? 0).toBeLessThanOrEqual(ttl?.max ?? 0);
    });

    it('reaches the devices that are named after it, if any', () => {
      // Tidings' own connections are those of devices that belong to other vendors as well.
      const wanted = kind === 'push' && code !== 'live' ? code : undefined;
      expect(serves).toBe(wanted);
    });
  },
);
