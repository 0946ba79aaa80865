import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SlackSimulator } from '../../../test/support/vendors/slack/slack-simulator.js';
import { behavesLikeARobot } from '../../../test/support/vendors/chat/robot-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import type { Content } from '../../channels/channel-kind.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { CODES, STATUSES } from './codes.js';
import { SLACK } from './definition.js';
import { SlackVendor } from './slack.js';

let simulator: SlackSimulator;
let vendor: SlackVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new SlackSimulator().start();
  vendor = new SlackVendor(new SystemClock());
  account = vendorAccount(SLACK, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const send = async (to: readonly string[], change: Partial<VendorRequest> = {}): Promise<string[]> =>
  inShort((await vendor.send(vendorRequest(account, to, change))).outcomes);
const say = (content: Content): Promise<string[]> => send(['group'], { content });
/** The texts of the last post's blocks, a header's after `#`. */
const said = (): string[] =>
  (simulator.posts.at(-1)?.blocks ?? []).map(({ type, text }) => `${type === 'header' ? '# ' : ''}${text.text}`);

describe('a post to a Slack channel', () => {
  it('says everything that a channel can show', async () => {
    const content = {
      title: 'Lab <result>',
      text: 'Ready & waiting:\nsee https://lab.example.com/r?a=1&b=2.',
      url: 'https://example.com/1?x=a|b&y=<',
      ext: { order: 1 },
    };
    expect(await say(content)).toEqual(['accepted']);
    expect(simulator.posts).toEqual([
      {
        text: 'Lab &lt;result&gt;\nReady &amp; waiting:\nsee https://lab.example.com/r?a=1&amp;b=2.',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Lab <result>' } },
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: 'Ready &amp; waiting:\nsee <https://lab.example.com/r?a=1&amp;b=2>.',
              verbatim: true,
            },
          },
          {
            type: 'section',
            text: { type: 'mrkdwn', text: '<https://example.com/1?x=a%7Cb&amp;y=%3C|Open>', verbatim: true },
          },
        ],
        mentioned: [],
      },
    ]);
  });

  it('mentions the channel and people', async () => {
    const [one, two] = [simulator.address(1), simulator.address(2)];
    expect(await send(['group', 'all', one, two, one])).toEqual(Array(5).fill('accepted'));
    expect(simulator.posts[0]?.mentioned).toEqual(['<!channel>', `<@${one}>`, `<@${two}>`]);
    expect(said()[1]).toBe(`<!channel> <@${one}> <@${two}>`);
  });

  it('goes out without those who are nobody to Slack', async () => {
    expect(await send(['adele', simulator.address(1), '<!here>', ''])).toEqual([
      'rejected invalid-address',
      'accepted',
      'rejected invalid-address',
      'rejected invalid-address',
    ]);
    expect(simulator.posts[0]?.mentioned).toEqual([`<@${simulator.address(1)}>`]);
  });

  it('cannot be made to mention or link by its words', async () => {
    await say({
      text: '<!channel> <@U0ABCDEFG> <https://evil.example.com|bank> @here &lt;!channel&gt; (https://a.example)',
    });
    expect(simulator.posts[0]?.mentioned).toEqual([]);
    expect(said()).toEqual([
      '&lt;!channel&gt; &lt;@U0ABCDEFG&gt; &lt;<https://evil.example.com>|bank&gt; @here &amp;lt;!channel&amp;gt; (<https://a.example>)',
    ]);
    expect(simulator.posts[0]?.blocks[0]?.text.verbatim).toBe(true);
  });

  it('is plain text where the content is HTML, and has its own words for the link', async () => {
    account = vendorAccount(SLACK, { ...simulator.settings, linkText: '查看 <详情>' });
    expect(await say({ html: '<p>Hello &amp; <b>welcome</b></p>', url: 'https://example.com' })).toEqual(['accepted']);
    expect(said()).toEqual(['Hello &amp; welcome', '<https://example.com/|查看 &lt;详情&gt;>']);
  });

  it.each([
    ['lines', 'line of words & more\n'.repeat(400)],
    ['words', 'words & more '.repeat(560)],
    ['characters without a blank', '&<字'.repeat(900)],
    ['astral characters', `x${'😀'.repeat(4000)}`],
    ['links', 'https://example.com/&&&&&&&&&&&&&\t'.repeat(110)],
  ])('is split into sections where it is long (%s)', async (what, text) => {
    expect(await say({ text })).toEqual(['accepted']);
    const pieces = said();
    expect(pieces.length).toBeGreaterThan(2);
    const plain = pieces.join(what.startsWith('characters') || what.startsWith('astral') ? '' : ' ');
    const read = plain
      .replaceAll(/<(h[^>]*)>/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    const bare = (words: string): string => words.replaceAll(/\s+/g, ' ').trim();
    expect(bare(read)).toBe(bare(text));
    expect(pieces.every((piece) => Buffer.from(piece).toString() === piece)).toBe(true);
  });

  it('is cut where Slack would refuse it', async () => {
    expect(await say({ title: 'T'.repeat(200), text: '字'.repeat(16_000) })).toEqual(['accepted']);
    expect(said()[0]).toBe(`# ${'T'.repeat(149)}…`);
    expect(said().slice(1).join('')).toBe(`${'字'.repeat(9_999)}…`);
    expect(await say({ text: `x${'&'.repeat(16_000)}` })).toEqual(['accepted']);
    expect(said().join('')).toBe(`x${'&amp;'.repeat(1_999)}…`);
  });
});

describe('an answer of Slack', () => {
  it('that is too many at once says how long to wait, and ends the call', async () => {
    simulator.throttledShare = 1;
    const request = vendorRequest(account, ['group', 'all']);
    const targets = request.targets.map((target) => ({ ...target, content: { text: target.address } }));
    const { outcomes, account: verdict } = await vendor.send({ ...request, targets });
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry rate_limited'));
    expect(verdict).toEqual({
      problem: 'throttled',
      code: 'rate_limited',
      detail: 'Slack answered 429 rate_limited.',
      afterSeconds: 1,
    });
    expect(simulator.requests).toBe(1);
  });

  it('that is a success in other words tells nothing', async () => {
    simulator.fail({ kind: 'reply', reply: { status: 200, body: '<html>Sign in</html>' } });
    expect(await send(['group'])).toEqual(['unknown unreadable-answer']);
  });

  it.each(['constructor', '', '{"error":"no_service"}'])('in a strange word goes by its status (%s)', async (body) => {
    simulator.fail({ kind: 'reply', reply: { status: 400, body } });
    expect(await send(['group'])).toEqual(['rejected http-400']);
  });
});

behavesLikeARobot({
  sample: () => ({ robot: vendor, simulator }),
  codes: { ...CODES, ...STATUSES },
  reply: (code) => (/^\d+$/.test(code) ? { status: Number(code), body: 'why' } : { status: 400, body: `${code}\n` }),
  outcomeCode: (code) => (/^\d+$/.test(code) ? `http-${code}` : code),
  unknown: {
    settings: ({ url }) => ({ webhookUrl: `${url}/services/T0OTHER/B0SIMULATE/x` }),
    said: 'Slack refuses the robot (no_team: Slack answered 404 no_team.).',
  },
  tooFast: 'rate_limited',
});

describe('the account', () => {
  const { signal } = new AbortController();
  const verify = (change: Record<string, unknown>): Promise<unknown> =>
    vendor.verify(vendorAccount(SLACK, { ...simulator.settings, ...change }), signal);

  it.each([
    ['T0SIMULATE/B0OTHER/x', 'no_service: Slack answered 404 no_service.'],
    ['T0SIMULATE/B0SIMULATE/x', 'invalid_token: Slack answered 403 invalid_token.'],
  ])('is not verified with a wrong address (%s)', async (path, why) => {
    expect(await verify({ webhookUrl: `${simulator.url}/services/${path}` })).toEqual({
      ok: false,
      detail: `Slack refuses the robot (${why}).`,
    });
  });

  it('must not post into a private network, unless it is allowed to', async () => {
    const webhookUrl = 'https://127.0.0.1:1/services/a/b/c';
    expect(await vendor.verify(vendorAccount(SLACK, { webhookUrl }), signal)).toEqual({
      ok: false,
      detail: expect.stringContaining('127.0.0.1 lies in a private network'),
    });
  });

  it('must post over https, unless beside Tidings', () => {
    expect(() => vendorAccount(SLACK, { webhookUrl: 'http://hooks.slack.com/services/a/b/c' })).toThrow(
      'settings.webhookUrl: must be an https address',
    );
    const settings = { webhookUrl: 'https://hooks.slack.com/services/a/b/c' };
    expect(vendorAccount(SLACK, settings).settings).toMatchObject({ ...settings, linkText: 'Open' });
  });
});
