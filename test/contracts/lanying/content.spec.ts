import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LanyingFixture, type StoredMessage, wrong } from './fixture.js';

const NOW = Date.parse('2026-12-01T02:00:00.000Z') / 1000;
const PICTURE = 'https://example.com/a/picture.png';

describe('what a push says', () => {
  let lanying: LanyingFixture;
  let anna: number;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    await lanying.device(anna, 1, 'huawei', 'hw-anna');
  });
  afterAll(() => lanying.close());

  const answer = async (message: unknown): Promise<string> =>
    (await lanying.notify({ audience: { user_id: anna }, message })).text;
  const stored = async (message: object): Promise<StoredMessage> =>
    lanying.message(await lanying.pushed({ audience: { user_id: anna }, message }));
  const push = async (message: object): Promise<StoredMessage['options']['push']> =>
    (await stored(message)).options.push;
  const DEFAULTS = { type: 'text', badge: { add: 1 }, android: { clickAction: 'open_app' } };

  it('a text has title and body', async () => {
    const { content, options, category } = await stored({ title: '标题', body: '内容' });
    expect(content).toEqual({ title: '标题', text: '内容' });
    expect(options).toEqual({ push: DEFAULTS });
    expect(category).toBe('notification');
  });

  it('L20: an attachment may stand with any type; a picture is shown, anything else is for the application', async () => {
    expect(await push({ type: 'text', title: 't', attachment_url: PICTURE })).toEqual({ ...DEFAULTS, image: PICTURE });
    const film = 'https://example.com/film.mp4?size=1';
    const { content, options } = await stored({ body: 'b', attachment_url: film, ext: { a: 1 } });
    expect(content).toEqual({ text: 'b', ext: { a: 1, attachment_url: film } });
    expect(options.push).toEqual(DEFAULTS);
    expect((await stored({ type: 'cmd', body: 'b', attachment_url: film })).content.ext).toEqual({
      attachment_url: film,
    });
  });

  it.each(['.jpg', '.JPEG', '.png', '.PNG?x=1', '.jpg#top'])('L21: an image may end in %s', async (end) => {
    const url = `http://example.com/picture${end}`;
    expect(await push({ type: 'image', attachment_url: url })).toEqual({ ...DEFAULTS, type: 'image', image: url });
  });

  it.each<[string, string]>([
    ['https://example.com/picture.gif', 'must end in .jpg, .jpeg or .png for an image'],
    ['https://example.com/?name=picture.png', 'must end in .jpg, .jpeg or .png for an image'],
    ['ftp://example.com/picture.png', 'must be an http(s) address'],
    ['javascript:alert(1)//.png', 'must be an http(s) address'],
    ['picture.png', 'must be an http(s) address'],
  ])('L21: %s is no image', async (url, detail) => {
    expect(await answer({ type: 'image', attachment_url: url })).toBe(wrong(`message.attachment_url: ${detail}`));
  });

  it('L22: each type needs something of its own', async () => {
    expect(await answer({})).toBe(wrong('message: of type text needs a title, a body or a big_text'));
    expect(await answer({ title: ' ', body: '', big_text: null, ext: { a: 1 } })).toBe(
      wrong('message: of type text needs a title, a body or a big_text'),
    );
    expect(await answer({ type: 'image', title: 't' })).toBe(wrong('message.attachment_url: is required for an image'));
    expect(await answer({ type: 'cmd', title: 't' })).toBe(wrong('message: of type cmd needs a body or an ext'));
    expect((await stored({ type: 'image', attachment_url: PICTURE })).content).toEqual({ ext: {} });
    expect((await stored({ type: 'cmd', ext: { a: 1 } })).content).toEqual({ ext: { a: 1 } });
    expect((await stored({ type: 'TEXT', title: 't' })).options.push.type).toBe('text');
    expect(await answer({ type: 'voice', title: 't' })).toBe(wrong('message.type: must be text, image or cmd'));
  });

  it('L23: big_text goes beside the body, which vendors without it show; alone it is both', async () => {
    const both = await stored({ body: 'short', big_text: 'long' });
    expect([both.content, both.options.push]).toEqual([{ text: 'short' }, { ...DEFAULTS, bigText: 'long' }]);
    const alone = await stored({ big_text: 'long' });
    expect([alone.content, alone.options.push]).toEqual([{ text: 'long' }, { ...DEFAULTS, bigText: 'long' }]);
  });

  it.each<[unknown, object]>([
    ['5', { set: 5 }],
    [5, { set: 5 }],
    ['0', { set: 0 }],
    [0, { set: 0 }],
    ['+2', { add: 2 }],
    [' +2 ', { add: 2 }],
    ['', { add: 1 }],
    [null, { add: 1 }],
  ])('L24: the badge %j', async (badge, expected) => {
    expect((await push({ title: 't', badge })).badge).toEqual(expected);
  });

  it.each<[unknown]>([['-1'], [-1], ['+'], ['++1'], ['five'], [1.5], ['1000000'], ['1e3']])(
    'L24: %j is no badge',
    async (badge) => {
      expect(await answer({ title: 't', badge })).toBe(
        wrong('message.badge: must be a number up to 99999, or "+" and a number'),
      );
    },
  );

  it('L24: what nobody sees adds nothing by itself', async () => {
    expect((await push({ type: 'cmd', body: 'b' })).badge).toBeUndefined();
    expect((await push({ type: 'cmd', body: 'b', badge: '+3' })).badge).toEqual({ add: 3 });
    expect((await stored({ type: 'cmd', body: 'b' })).category).toBe('silent');
  });

  it('L25: ext is an object, or a string that holds one', async () => {
    const ext = { key1: 123, key2: 'value2', deep: { list: [1, null] } };
    expect((await stored({ title: 't', ext })).content.ext).toEqual(ext);
    expect((await stored({ title: 't', ext: JSON.stringify(ext) })).content.ext).toEqual(ext);
    expect((await stored({ title: 't', ext: '' })).content.ext).toBeUndefined();
    for (const one of ['text', 1, [1], true, '[1]', '{"a":'])
      expect(await answer({ title: 't', ext: one })).toBe(wrong('message.ext: must be a JSON object'));
  });

  it('L26: show_begin_time and show_end_time are when it may be seen, in seconds or milliseconds', async () => {
    const { options, expiresAt } = await stored({
      title: 't',
      show_begin_time: NOW + 60,
      show_end_time: `${NOW + 120}`,
    });
    expect(options.push).toEqual({
      ...DEFAULTS,
      displayFrom: '2026-12-01T02:01:00.000Z',
      displayUntil: '2026-12-01T02:02:00.000Z',
    });
    expect(expiresAt).toEqual(new Date('2026-12-01T02:02:00.000Z'));
    const inMilliseconds = await push({ title: 't', show_end_time: (NOW + 120) * 1000 });
    expect(inMilliseconds.displayUntil).toBe('2026-12-01T02:02:00.000Z');
    const unset = await stored({ title: 't', show_begin_time: 0, show_end_time: '' });
    expect([unset.options.push, unset.expiresAt]).toEqual([DEFAULTS, null]);
  });

  it('L26: it is sent at once, whenever it may be seen', async () => {
    const id = await lanying.pushed({
      audience: { user_id: anna },
      message: { title: 't', show_begin_time: NOW + 3600 },
    });
    expect(await lanying.deliveries(id)).toEqual(['huawei hw-anna sent']);
  });

  it('L26: a window that is over is accepted and sent to nobody', async () => {
    for (const end of [NOW - 60, NOW]) {
      const id = await lanying.pushed({ audience: { user_id: anna }, message: { title: 't', show_end_time: end } });
      expect((await lanying.message(id)).state).toBe('expired');
      expect(await lanying.deliveries(id)).toEqual([]);
      expect(await lanying.counted(id)).toEqual({});
    }
  });

  it.each<[object, string]>([
    [{ show_begin_time: NOW + 60, show_end_time: NOW + 60 }, 'message.show_end_time: must be after show_begin_time'],
    [{ show_begin_time: NOW + 60, show_end_time: NOW }, 'message.show_end_time: must be after show_begin_time'],
    [{ show_end_time: -1 }, 'message.show_end_time: must be a whole number from 0 to 9007199254740991'],
    [{ show_begin_time: 'soon' }, 'message.show_begin_time: must be a whole number from 0 to 9007199254740991'],
    [{ show_end_time: 1.5 }, 'message.show_end_time: must be a whole number from 0 to 9007199254740991'],
    [{ show_end_time: 9_007_199_254_740_991 }, 'message.show_end_time: is too far away'],
  ])('L26: %j is refused', async (times, detail) => {
    expect(await answer({ title: 't', ...times })).toBe(wrong(detail));
  });

  it("L27: ios is for Apple's devices and android for the others, by their names", async () => {
    const ios = {
      sound: 'default',
      content_available: true,
      mutable_content: 'false',
      category: 'C',
      thread_id: 'T',
      subtitle: 'S',
      apns_collapse_id: 'K',
    };
    const android = { sound: 'ding', channel_id: 'orders', click_action: 'open_app', intent: '' };
    expect(await push({ title: 't', ios, android })).toEqual({
      ...DEFAULTS,
      ios: {
        sound: 'default',
        contentAvailable: true,
        mutableContent: false,
        category: 'C',
        threadId: 'T',
        subtitle: 'S',
        collapseId: 'K',
      },
      android: { sound: 'ding', channelId: 'orders', clickAction: 'open_app' },
    });
  });

  it('L28: each vendor has its own block, kept apart from android so that it wins property by property', async () => {
    const blocks = ['huawei', 'xiaomi', 'oppo', 'vivo', 'flyme', 'fcm'];
    const message = Object.fromEntries(blocks.map((name) => [name, { channel_id: `c-${name}`, sound: '' }]));
    expect(await push({ title: 't', android: { sound: 's', channel_id: 'c' }, ...message })).toEqual({
      ...DEFAULTS,
      android: { clickAction: 'open_app', sound: 's', channelId: 'c' },
      vendors: {
        huawei: { channelId: 'c-huawei' },
        xiaomi: { channelId: 'c-xiaomi' },
        oppo: { channelId: 'c-oppo' },
        vivo: { channelId: 'c-vivo' },
        meizu: { channelId: 'c-flyme' },
        fcm: { channelId: 'c-fcm' },
      },
    });
    expect(await push({ title: 't', huawei: {}, xiaomi: null })).toEqual(DEFAULTS);
  });

  it('L29: an intent is needed where, after the vendor has had its say, a tap leads to one', async () => {
    const missing = (block: string): string => wrong(`message.${block}.click_action: is intent, so intent is required`);
    expect(await answer({ title: 't', android: { click_action: 'intent' } })).toBe(missing('android'));
    expect(await answer({ title: 't', oppo: { click_action: 'intent' } })).toBe(missing('oppo'));
    expect(
      await push({ title: 't', android: { intent: 'i' }, oppo: { click_action: 'intent' }, vivo: { intent: 'v' } }),
    ).toEqual({
      ...DEFAULTS,
      android: { clickAction: 'open_app', intent: 'i' },
      vendors: { oppo: { clickAction: 'intent' }, vivo: { intent: 'v' } },
    });
    expect(await answer({ title: 't', android: { click_action: 'url' } })).toBe(
      wrong('message.android.click_action: must be intent or open_app'),
    );
    expect(await answer({ title: 't', fcm: { click_action: 'INTENT' } })).toBe(
      wrong('message.fcm.click_action: must be intent or open_app'),
    );
  });

  it('L30: push_mode and classification are 0 or 1', async () => {
    const vivo = { push_mode: 1, classification: '0' };
    expect(await push({ title: 't', vivo })).toEqual({
      ...DEFAULTS,
      vendors: { vivo: { pushMode: 1, classification: 0 } },
    });
    for (const name of ['push_mode', 'classification']) {
      for (const value of [2, -1, 'x', true])
        expect(await answer({ title: 't', vivo: { [name]: value } })).toBe(
          wrong(`message.vivo.${name}: must be a whole number from 0 to 1`),
        );
    }
    // They are vivo's alone.
    expect(await push({ title: 't', oppo: { push_mode: 9 } })).toEqual(DEFAULTS);
  });
});
