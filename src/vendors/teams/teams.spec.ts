import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { TeamsSimulator } from '../../../test/support/vendors/teams/teams-simulator.js';
import { behavesLikeARobot } from '../../../test/support/vendors/chat/robot-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import type { Content } from '../../channels/channel-kind.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { CODES, STATUSES } from './codes.js';
import { TEAMS } from './definition.js';
import { TeamsVendor } from './teams.js';

const OBJECT_ID = '87d349ed-44d7-43e1-9a83-5f2406dee5bd';

let simulator: TeamsSimulator;
let vendor: TeamsVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new TeamsSimulator().start();
  vendor = new TeamsVendor(new SystemClock());
  account = vendorAccount(TEAMS, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const send = async (to: readonly string[], change: Partial<VendorRequest> = {}): Promise<string[]> =>
  inShort((await vendor.send(vendorRequest(account, to, change))).outcomes);
const say = (content: Content): Promise<string[]> => send(['group'], { content });
const said = (): string[] => (simulator.cards.at(-1)?.body ?? []).map(({ text }) => text);

describe('a post to a Teams channel', () => {
  it('says everything that a card can show, and names the run of the flow', async () => {
    const content = {
      title: 'Lab result',
      text: 'Ready.\n\nSee you.',
      url: 'https://example.com/1',
      ext: { order: 1 },
    };
    const { outcomes } = await vendor.send(vendorRequest(account, ['adele@example.com', OBJECT_ID], { content }));
    const accepted = { status: 'accepted', vendorReference: '08580000000000000001CU00' };
    expect(outcomes).toEqual([accepted, accepted]);
    expect(JSON.parse(simulator.seen[0]?.body ?? '')).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              { type: 'TextBlock', text: 'Lab result', wrap: true, size: 'Medium', weight: 'Bolder' },
              { type: 'TextBlock', text: `<at>adele@example.com</at> <at>${OBJECT_ID}</at>`, wrap: true },
              { type: 'TextBlock', text: 'Ready.', wrap: true },
              { type: 'TextBlock', text: 'See you.', wrap: true },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com/1' }],
            msteams: {
              entities: [
                {
                  type: 'mention',
                  text: '<at>adele@example.com</at>',
                  mentioned: { id: 'adele@example.com', name: 'adele@example.com' },
                },
                { type: 'mention', text: `<at>${OBJECT_ID}</at>`, mentioned: { id: OBJECT_ID, name: OBJECT_ID } },
              ],
            },
          },
        },
      ],
    });
  });

  it('mentions nobody in a group', async () => {
    expect(await send(['all', 'group'])).toEqual(['accepted', 'accepted']);
    expect(said()).toEqual(['Lab result', 'Your result is ready.']);
    expect(simulator.cards[0]).not.toHaveProperty('msteams');
  });

  it('goes out without those who are nobody to Teams', async () => {
    const outcomes = await send(['adele', 'adele@example.com', 'a</at>@example.com', '87d349ed']);
    expect(outcomes).toEqual([
      'rejected invalid-address',
      'accepted',
      'rejected invalid-address',
      'rejected invalid-address',
    ]);
  });

  it('shows its words as they are, line by line', async () => {
    const text =
      'Take *two* [pills](https://evil.example.com)\r\n_now_ or at some_time_later \\o/\n- one\n\n\nhttps://example.com/a_b_c';
    expect(await say({ text })).toEqual(['accepted']);
    expect(said()).toEqual([
      'Take \\*two\\* \\[pills\\](https://evil.example.com)\n\n\\_now\\_ or at some_time_later \\\\o/\n\n- one',
      'https://example.com/a_b_c',
    ]);
  });

  it('is plain text where the content is HTML, and has its own words for the button', async () => {
    account = vendorAccount(TEAMS, { ...simulator.settings, linkText: '查看详情' });
    expect(await say({ html: '<p>Hello &amp; <b>welcome</b></p>', url: 'https://example.com' })).toEqual(['accepted']);
    expect(said()).toEqual(['Hello & welcome']);
    expect(simulator.cards[0]?.actions).toEqual([
      { type: 'Action.OpenUrl', title: '查看详情', url: 'https://example.com/' },
    ]);
  });

  it('is refused before it is sent when it is too large, with both sizes', async () => {
    expect(await say({ text: 'x' })).toEqual(['accepted']);
    const frame = Buffer.byteLength(simulator.seen[0]?.body ?? '') - 1;
    const text = '字'.repeat(9000);
    const rest = 28 * 1024 - frame - Buffer.byteLength(text);
    expect(await say({ text: text + 'x'.repeat(rest) })).toEqual(['accepted']);
    expect(await send(['group', 'nobody'], { content: { text: text + 'x'.repeat(rest + 1) } })).toEqual([
      'rejected post-too-large: 28673 of 28672 bytes',
      'rejected invalid-address',
    ]);
    expect(simulator.requests).toBe(2);
  });
});

behavesLikeARobot({
  sample: () => ({ robot: vendor, simulator }),
  codes: { ...CODES, ...STATUSES },
  reply: (code) =>
    /^\d+$/.test(code) ? { status: Number(code), body: 'why' } : json({ error: { code, message: 'why' } }, 400),
  outcomeCode: (code) => (/^\d+$/.test(code) ? `http-${code}` : code),
  tooFast: 'http-429',
});

describe('an answer of Teams', () => {
  it('that is too many at once says how long to wait', async () => {
    simulator.throttledShare = 1;
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, ['group']));
    expect(inShort(outcomes)).toEqual(['retry http-429']);
    expect(verdict).toEqual({
      problem: 'throttled',
      code: 'http-429',
      detail: 'Rate limit is exceeded.',
      afterSeconds: 2,
    });
  });

  it.each(['{"error":null}', '{"error":{"code":1,"message":[]}}', '{"error":{"code":"constructor"}}', '[]', ''])(
    'in a strange shape goes by its status (%s)',
    async (body) => {
      simulator.fail({ kind: 'reply', reply: { status: 400, body } });
      expect(await send(['group'])).toEqual(['rejected http-400']);
    },
  );

  it('need not name the run', async () => {
    simulator.fail({ kind: 'reply', reply: { status: 200, body: '1' } });
    expect((await vendor.send(vendorRequest(account, ['group']))).outcomes).toEqual([{ status: 'accepted' }]);
  });
});

describe('the account', () => {
  const { signal } = new AbortController();

  it('is verified as far as can be without starting the flow', async () => {
    expect(await vendor.verify(account, signal)).toEqual({
      ok: true,
      detail: expect.stringContaining('Whether it posts, only a message shows'),
    });
    expect(simulator.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /']);
    const nowhere = vendorAccount(TEAMS, { webhookUrl: 'http://127.0.0.1:1/workflows/x', allowPrivateNetwork: true });
    expect(await vendor.verify(nowhere, signal)).toEqual({
      ok: false,
      detail: expect.stringMatching(/^127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/),
    });
  });

  it('must not post into a private network, unless it is allowed to', async () => {
    const inside = vendorAccount(TEAMS, { webhookUrl: 'https://127.0.0.1:1/workflows/x' });
    const { account: verdict } = await vendor.send(vendorRequest(inside, ['group']));
    expect(verdict).toMatchObject({ problem: 'unreachable', code: 'private-address' });
  });

  it('is in trouble with a wrong sig', async () => {
    const wrong = vendorAccount(TEAMS, {
      ...simulator.settings,
      webhookUrl: `${String(simulator.settings['webhookUrl'])}x`,
    });
    const { account: verdict } = await vendor.send(vendorRequest(wrong, ['group']));
    expect(verdict).toMatchObject({ problem: 'credentials', code: 'DirectApiAuthorizationRequired' });
  });

  it('must post over https, unless beside Tidings', () => {
    expect(() => vendorAccount(TEAMS, { webhookUrl: 'http://prod-01.westeurope.logic.azure.com/x' })).toThrow(
      'settings.webhookUrl: must be an https address',
    );
    const settings = { webhookUrl: 'https://prod-01.westeurope.logic.azure.com/x' };
    expect(vendorAccount(TEAMS, settings).settings).toMatchObject({ ...settings, linkText: 'Open' });
  });
});
