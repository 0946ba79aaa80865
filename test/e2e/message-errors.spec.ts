import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

const TO_ONE = { users: ['U1'] };
const SMS = { sms: { text: 'hello' } };
const GOOD = { audience: TO_ONE, content: SMS };

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
  org = await smallOrganisation(app);
});
afterAll(() => app.close());

const post = (body: unknown, headers?: Record<string, string>): Promise<Reply> =>
  org.call('POST', '/api/v1/messages', body, headers);

/** Status, code and the paths of the wrong fields. */
function fault({ status, body }: Reply): unknown[] {
  const { code, errors = [] } = body as { code: string; errors?: { path: string }[] };
  return [status, code, ...errors.map(({ path }) => path)];
}

describe('a wrong message', () => {
  it.each<[string, unknown, string[]]>([
    ['no body', undefined, ['audience']],
    ['an empty list', [], ['audience']],
    ['a list of messages', [GOOD], ['[0]', 'audience']],
    ['a text', 'hello', ['audience']],
    ['nothing', {}, ['audience']],
    ['an unknown field', { ...GOOD, colour: 'red' }, ['colour']],
    ['an audience that is a text', { ...GOOD, audience: 'all' }, ['audience']],
    ['an audience that is a list', { ...GOOD, audience: [] }, ['audience']],
    ['an audience of null', { ...GOOD, audience: null }, ['audience']],
    ['an unknown selector', { ...GOOD, audience: { ...TO_ONE, userz: ['U2'] } }, ['audience.userz']],
    ['a selector that is no list', { ...GOOD, audience: { users: 'U1' } }, ['audience.users']],
    ['a wrong item', { ...GOOD, audience: { users: ['U1', 'U2', 'U3', 4] } }, ['audience.users[3]']],
    ['"all" as a text', { ...GOOD, audience: { all: 'true' } }, ['audience.all']],
    [
      'wrong exclusions',
      { ...GOOD, audience: { all: true, exclude: { all: true, users: [null] } } },
      ['audience.exclude.all'],
    ],
    ['an endpoint that is no id', { ...GOOD, audience: { endpoints: ['7', '7x'] } }, ['audience.endpoints[1]']],
    ['addresses without a channel', { ...GOOD, audience: { addresses: ['138'] } }, ['audience.addresses']],
    ['a wrong address', { ...GOOD, audience: { addresses: { sms: [138] } } }, ['audience.addresses.sms[0]']],
    ['content that is a text', { audience: TO_ONE, content: 'hello' }, ['content']],
    ['content of a channel that is a text', { audience: TO_ONE, content: { sms: 'hello' } }, ['content.sms']],
    ['a wrong text', { audience: TO_ONE, content: { sms: { text: 5 } } }, ['content.sms.text']],
    ['a field of another kind', { audience: TO_ONE, content: { sms: { text: 'a', html: 'b' } } }, ['content.sms.html']],
    ['a text too long', { audience: TO_ONE, content: { sms: { text: 'x'.repeat(2001) } } }, ['content.sms.text']],
    ['an empty content', { audience: TO_ONE, content: {} }, ['content']],
    ['neither content nor template', { audience: TO_ONE }, ['content']],
    ['both', { ...GOOD, template: { code: 'T' } }, ['content']],
    ['a template without a code', { audience: TO_ONE, template: { params: {} } }, ['template.code']],
    ['params as a list', { audience: TO_ONE, template: { code: 'T', params: [] } }, ['template.params']],
    ['a priority there is not', { ...GOOD, priority: 'urgent' }, ['priority']],
    ['an empty category', { ...GOOD, category: '' }, ['category']],
    ['a category too long', { ...GOOD, category: 'x'.repeat(65) }, ['category']],
    ['a time without a zone', { ...GOOD, sendAt: '2026-12-02T08:00:00' }, ['sendAt']],
    ['a day that is none', { ...GOOD, sendAt: '2026-02-30T08:00:00Z' }, ['sendAt']],
    ['a time as a number', { ...GOOD, expiresAt: 1_800_000_000 }, ['expiresAt']],
    ['a time too far ahead', { ...GOOD, sendAt: '2028-01-01T00:00:00Z' }, ['sendAt']],
    ['an expiry that is past', { ...GOOD, expiresAt: '2026-11-30T00:00:00Z' }, ['expiresAt']],
    [
      'an expiry before the time to send',
      { ...GOOD, sendAt: '2026-12-03T00:00:00Z', expiresAt: '2026-12-02T00:00:00Z' },
      ['expiresAt'],
    ],
    ['a key too long', { ...GOOD, dedupKey: 'x'.repeat(129) }, ['dedupKey']],
    ['a key of null', { ...GOOD, dedupKey: null }, ['dedupKey']],
    ['a correlation id of 0', { ...GOOD, correlationId: 0 }, ['correlationId']],
    ['a sender that is a text', { ...GOOD, sender: 'Lab' }, ['sender']],
    ['a wrong sender', { ...GOOD, sender: { name: 5, phone: '1' } }, ['sender.phone', 'sender.name']],
    ['options as a list', { ...GOOD, options: [] }, ['options']],
    ['options too large', { ...GOOD, options: { a: 'x'.repeat(17_000) } }, ['options']],
    ['U+0000 in a text', { audience: TO_ONE, content: { sms: { text: 'a\0b' } } }, ['content.sms.text']],
    ['U+0000 in a code', { ...GOOD, audience: { users: ['U1', 'U\0'] } }, ['audience.users[1]']],
    ['half a character in options', { ...GOOD, options: { a: { b: ['\ud83d'] } } }, ['options.a.b[0]']],
  ])('is refused, naming the field: %s', async (_, body, paths) => {
    const [status, code, ...named] = fault(await post(body));
    expect([status, code]).toEqual([400, 'invalid_request']);
    expect(named.sort()).toEqual([...paths].sort());
  });

  it.each<[string, unknown, string]>([
    ['empty_audience', { ...GOOD, audience: { users: [] } }, 'audience'],
    ['ambiguous_audience', { ...GOOD, audience: { all: true, users: ['U1'] } }, 'audience.all'],
    ['unknown_channel', { audience: TO_ONE, content: { fax: { text: 'a' } } }, 'content.fax'],
    ['unknown_channel', { ...GOOD, audience: { addresses: { fax: ['1'] } } }, 'audience.addresses.fax'],
    ['unknown_template', { audience: TO_ONE, template: { code: 'NONE' } }, 'template.code'],
  ])('has a code of its own: %s', async (code, body, path) => {
    expect(fault(await post(body))).toEqual([400, code, path]);
    expect(fault(await org.call('POST', '/api/v1/messages/preview', body))).toEqual([400, code, path]);
  });

  it('names every wrong field at once', async () => {
    const reply = await post({ audience: { users: 'U1' }, priority: 1, sendAt: 'now', extra: 1 });
    expect(fault(reply).slice(2).sort()).toEqual(['audience.users', 'extra', 'priority', 'sendAt']);
  });

  it('is refused when its two keys differ', async () => {
    expect(fault(await post({ ...GOOD, dedupKey: 'a' }, { 'idempotency-key': 'b' }))).toEqual([
      400,
      'invalid_request',
      'dedupKey',
    ]);
    expect(fault(await post(GOOD, { 'idempotency-key': 'x'.repeat(129) }))).toEqual([
      400,
      'invalid_request',
      'Idempotency-Key',
    ]);
  });

  it('leaves nothing behind', async () => {
    await post({ ...GOOD, sendAt: 'now' });
    expect((await org.call('GET', '/api/v1/messages')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('a wrong question', () => {
  it.each<[string, string, number]>([
    ['GET', 'messages/abc', 404],
    ['GET', 'messages/0', 404],
    ['GET', 'messages/99999999999999999999', 404],
    ['GET', 'messages/404', 404],
    ['GET', 'messages/404/deliveries', 404],
    ['GET', 'messages/404/timeline', 404],
    ['GET', 'messages/404/explain?recipient=U1', 404],
    ['POST', 'messages/404/cancel', 404],
    ['GET', 'messages/404/explain', 400],
    ['GET', 'messages?state=asleep', 400],
    ['GET', 'messages?from=2026-12-01', 400],
    ['GET', 'messages?cursor=x', 400],
    ['GET', 'messages?limit=0', 400],
    ['GET', 'messages?colour=red', 400],
    ['GET', 'messages/404/deliveries?cursor=MTI', 400],
    ['GET', 'messages/404/deliveries?state=lost', 400],
  ])('%s %s', async (method, path, status) => {
    expect((await org.call(method, `/api/v1/${path}`)).status).toBe(status);
  });

  it.each([{}, { sendAt: '2026-12-02' }, { sendAt: '2026-12-02T00:00:00Z', expiresAt: 5 }, { sendAt: null }])(
    'a new time of %j',
    async (body) => {
      const reply = await org.call('POST', '/api/v1/messages/404/reschedule', body);
      expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );
});
