import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MEDIWAY_EXAMPLES } from '../../../src/dialects/mediway/examples.js';
import { MediwayFixture } from './fixture.js';

const ACCEPTED = /^\{"code":200,"msg":"操作成功","msgId":"\d+"\}$/;

describe('the requests the document prints, byte for byte', () => {
  let mediway: MediwayFixture;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
  });
  afterAll(() => mediway.close());

  it('are the printed ones still', () => {
    const digests = Object.values(MEDIWAY_EXAMPLES).map((text) => createHash('sha256').update(text).digest('hex'));
    expect(digests).toEqual([
      'b8904175d1154433e32e497765baf2e717c6011464da609cf8a9f97e4c52d996',
      '4497375ce2727d5129f43e2c26bf7480cb46c24035e9769e6c4632cc05ba5e5a',
      'a043a8e62759081bad98ae9c452645f28425b51dd75334d48516f3baf30809e0',
    ]);
  });

  describe('发送普通消息, 示例1 (specified)', () => {
    let id: string;

    it('is answered whole', async () => {
      const { status, text, body } = await mediway.post('push/channel', MEDIWAY_EXAMPLES.channelToSpecified);
      expect(status).toBe(200);
      expect(text).toMatch(ACCEPTED);
      id = String(body.msgId);
      await mediway.app.drain();
    });

    it('H5: reaches the union of user, dept (with those below), post and role, each person once a channel', async () => {
      const people = ['USER001', 'USER002', 'USER003', 'USER004', 'USER005'];
      expect(await mediway.deliveries(id)).toEqual([
        // USER005 has no phone; USER006 is in none of the groups.
        ...people.slice(0, 4).map((code) => `1001 ${code} sent`),
        ...people.map((code) => `1002 ${code} delivered`),
        ...people.map((code) => `1003 ${code} sent`),
      ]);
    });

    it('H10, H12, H13: hands text, sign and vendor template to the SMS vendor, every parameter a string', async () => {
      const [first] = await mediway.sandbox('sms', id);
      expect(first).toMatchObject({
        address: '13900000001',
        content: {
          text: '这是我的第一条短信消息',
          sign: '东华医为',
          vendorTemplate: { id: 'T100101', params: { code: '1001', time: '5' } },
        },
      });
    });

    it('H9, H17: puts the in-site message into the inboxes', async () => {
      for (const person of ['USER001', 'USER005']) {
        expect(await mediway.inbox(person, id)).toEqual([
          expect.objectContaining({
            channel: '1002',
            title: '发工资了',
            html: '你好，您的工资已发，请及时查收！',
            url: 'http://xxxx',
            category: 'notice',
            sender: { name: '张三' },
            readAt: null,
          }),
        ]);
      }
      expect(await mediway.inbox('USER006', id)).toEqual([]);
    });

    it('sends the mail', async () => {
      const mails = await mediway.sandbox('email', id);
      expect(mails.map(({ address }) => address)).toEqual(
        [1, 2, 3, 4, 5].map((number) => `user00${number}@example.com`),
      );
      expect(mails[0]?.content).toEqual({ title: '邮件标题', html: '邮件内容' });
    });

    it('H16, H17, H18, H20: keeps sender, businessId, priority and category, and is not scheduled: 2023 is past', async () => {
      expect(await mediway.message(id)).toMatchObject({
        state: 'done',
        sendAt: null,
        category: 'notice',
        priority: 1,
        correlationId: 'xxxxxx',
        sender: { name: '张三' },
        options: { mediway: { priority: '2' } },
        contents: expect.arrayContaining([
          { title: '发工资了', html: '你好，您的工资已发，请及时查收！', url: 'http://xxxx' },
        ]),
      });
    });
  });

  it('H14, H15: 示例2 (custom, accounts swapped) is 200; each wrong account fails by itself, the mail goes out once', async () => {
    const { status, text, body } = await mediway.post('push/channel', MEDIWAY_EXAMPLES.channelToCustom);
    expect(status).toBe(200);
    expect(text).toMatch(ACCEPTED);
    await mediway.app.drain();
    const id = String(body.msgId);
    expect(await mediway.deliveries(id)).toEqual([
      '1001 USER001 failed invalid-address',
      '1001 USER002 failed invalid-address',
      '1002 18660886275 failed unknown-recipient',
      '1002 18660886834 failed unknown-recipient',
      '1003 zhaoli@126.com sent',
    ]);
    expect(await mediway.sandbox('sms', id)).toEqual([]);
    expect(await mediway.sandbox('email', id)).toHaveLength(1);
  });

  it('H14: with the accounts of 示例2 where they belong, everyone named is reached', async () => {
    const [phones, codes] = [`"18660886275",\n"18660886834"`, `"USER001",\n"USER002"`];
    const id = await mediway.sent(
      'push/channel',
      `{"appId":"102343444","receiverType":"custom","receiverData":{"1001":[${phones}],"1002":[${codes}]},
        "channelData":{"1001":{"content":"短信"},"1002":{"content":"站内信"}}}`,
    );
    expect(await mediway.deliveries(id)).toEqual([
      '1001 18660886275 sent',
      '1001 18660886834 sent',
      '1002 USER001 delivered',
      '1002 USER002 delivered',
    ]);
  });

  it('H22, H27, H28, H36: 发送模板消息, which is not JSON, is answered whole and sent in its words', async () => {
    const { status, text, body } = await mediway.post('push/template', MEDIWAY_EXAMPLES.templateToSpecified);
    expect(status).toBe(200);
    expect(text).toMatch(ACCEPTED);
    await mediway.app.drain();
    const id = String(body.msgId);
    const people = ['USER001', 'USER002', 'USER003', 'USER004', 'USER005'];
    expect(await mediway.deliveries(id)).toEqual([
      ...people.slice(0, 4).map((code) => `1001 ${code} sent`),
      // The template has no mail.
      ...people.map((code) => `1002 ${code} delivered`),
    ]);
    const [sms] = await mediway.sandbox('sms', id);
    expect(sms?.content).toMatchObject({ text: '患者001，您的检查编号是Meidcal1001。', sign: '东华医为' });
    expect(await mediway.inbox('USER005', id)).toEqual([
      expect.objectContaining({ title: '检查 Meidcal1001', html: '<p>患者001，您好</p>' }),
    ]);
    // The template's scale: 2 is high.
    expect(await mediway.message(id)).toMatchObject({ priority: 0, sender: { name: '张三' }, correlationId: 'xxxxxx' });
  });
});
