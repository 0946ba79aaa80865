import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failure, MobilearkFixture } from './fixture.js';

type Change = Record<string, string | undefined>;

const SENT = '{"resultCode":"0"}';
const invalid = (...names: string[]): string[] => ['1033', ...names.map((name) => `isv.invalid-paramete:${name}`)];
const missing = (...names: string[]): string[] => ['1032', ...names.map((name) => `isv.missing-parameter:${name}`)];

describe('mobileark.smspush', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    await mobileark.application('signed', 'signed', { mobileark: { smsSign: '烽火' } });
    await mobileark.application('regional', 'regional', { mobileark: { allowRegionalNumbers: true } });
    await mobileark.application('few', 'few', { mobileark: { limits: { phones: 2 } } });
    await mobileark.application('nowhere', 'nowhere', { mobileark: { channels: { sms: 'missing' } } });
    await mobileark.application('inbox', 'inbox', { mobileark: { channels: { sms: 'im' } } });
  });
  afterAll(() => mobileark.close());

  const sms = { method: 'mobileark.smspush', v: '1.0', phoneNumbers: '13812345678', content: 'c' };
  const reply = async (change: Change): Promise<string> => (await mobileark.call({ ...sms, ...change })).text;
  const refusal = async (change: Change): Promise<string[]> => failure(await mobileark.call({ ...sms, ...change }));
  const addresses = async (change: Change): Promise<string[]> => {
    const { messageId } = await mobileark.call({ ...sms, ...change });
    return (await mobileark.deliveries(messageId)).map((line) => line.replace(/^sms (\S+) sent$/, '$1'));
  };

  it('M3, M4: 1.0 and 1.3 are the same', async () => {
    for (const v of ['1.0', '1.3']) expect(await reply({ v })).toBe(SENT);
    for (const v of ['1.1', '1.2', '4.7.0']) expect((await mobileark.call({ ...sms, v })).body.code).toBe('1030');
  });

  it.each([
    '13812345678',
    '+8613812345678',
    '8613812345678',
    '008613812345678',
    '14812345678',
    '15812345678',
    '16812345678',
    '17812345678',
    '18812345678',
    '19812345678',
  ])('M28, M29: %s is a number, written without its region from then on', async (phoneNumbers) => {
    expect(await addresses({ phoneNumbers })).toEqual([phoneNumbers.slice(-11)]);
  });

  it.each([
    ['85213812345678', '+85213812345678'],
    ['+85313812345678', '+85313812345678'],
    ['0088613812345678', '+88613812345678'],
  ])('M30: %s is taken as the document has it, with its region', async (phoneNumbers, address) => {
    expect(await addresses({ phoneNumbers })).toEqual([address]);
  });

  it.each([
    '1|123456789',
    '+85291234567',
    '12812345678',
    '11812345678',
    '1381234567',
    '138123456789',
    '+13812345678',
    '0013812345678',
    '+008613812345678',
    '138 1234 5678',
    '138-1234-5678',
    '１３８１２３４５６７８',
    '13812345678x',
    'zhangsan',
    '13\\d123456789',
    '١٣٨١٢٣٤٥٦٧٨',
  ])('M28, M29, M30: %s is none', async (phoneNumbers) => {
    expect(await refusal({ phoneNumbers })).toEqual(invalid('phoneNumbers'));
    expect(await refusal({ phoneNumbers: `13812345678,${phoneNumbers}` })).toEqual(invalid('phoneNumbers'));
  });

  it.each([
    ['+85291234567', '+85291234567'],
    ['0085361234567', '+85361234567'],
    ['886912345678', '+886912345678'],
    ['+8860912345678', '+886912345678'],
  ])('M30: %s is one where the application allows it', async (phoneNumbers, address) => {
    expect(await addresses({ appKey: 'regional', phoneNumbers })).toEqual([address]);
    expect(await refusal({ phoneNumbers })).toEqual(invalid('phoneNumbers'));
  });

  it('M30: allowed regions are no reason to take anything else', async () => {
    for (const phoneNumbers of ['91234567', '+85211234567', '+85391234567', '+1912345678']) {
      expect(await refusal({ appKey: 'regional', phoneNumbers })).toEqual(invalid('phoneNumbers'));
    }
  });

  it('M31: blanks around a number are not part of it', async () => {
    expect(await addresses({ phoneNumbers: ' 13812345678 ,\t13912345678\n' })).toEqual(['13812345678', '13912345678']);
  });

  it('M32: numbers are divided by commas, also Chinese ones, and semicolons', async () => {
    expect(await addresses({ phoneNumbers: '13812345678,13912345678，13712345678;13612345678,' })).toEqual([
      '13612345678',
      '13712345678',
      '13812345678',
      '13912345678',
    ]);
  });

  it('a number written in several ways gets one message', async () => {
    expect(await addresses({ phoneNumbers: '13812345678,+8613812345678,008613812345678,13812345678' })).toEqual([
      '13812345678',
    ]);
  });

  it("M33: the organisation is the key's own, the number of phones is limited, and the signature is a setting", async () => {
    const phones = (count: number): string =>
      Array.from({ length: count }, (_, number) => `138${String(number).padStart(8, '0')}`).join(',');
    expect(await reply({ phoneNumbers: phones(500) })).toBe(SENT);
    expect(await refusal({ phoneNumbers: phones(501) })).toEqual(invalid('phoneNumbers'));
    expect(await refusal({ appKey: 'few', phoneNumbers: phones(3) })).toEqual(invalid('phoneNumbers'));
    const { messageId } = await mobileark.call({ ...sms, appKey: 'signed', ecid: 'elsewhere' });
    await mobileark.app.drain();
    expect(await mobileark.texts(String(messageId))).toEqual([
      { address: '13812345678', content: { text: 'c', sign: '烽火' } },
    ]);
  });

  it('M9, M12: "0", and nothing else; whatever fails is an error', async () => {
    const answer = await mobileark.call(sms);
    expect(answer.text).toBe(SENT);
    expect(await refusal({ phoneNumbers: undefined, content: undefined })).toEqual(missing('phoneNumbers', 'content'));
    expect(await refusal({ phoneNumbers: '' })).toEqual(missing('phoneNumbers'));
    expect(await refusal({ phoneNumbers: ',' })).toEqual(invalid('phoneNumbers'));
    expect(await refusal({ content: ' ' })).toEqual(invalid('content'));
  });

  it('content has 500 characters at most', async () => {
    expect(await reply({ content: '字'.repeat(500) })).toBe(SENT);
    expect(await refusal({ content: '字'.repeat(501) })).toEqual(invalid('content'));
  });

  it('M12: without a channel for SMS', async () => {
    for (const appKey of ['nowhere', 'inbox']) {
      expect((await mobileark.call({ ...sms, appKey })).text).toBe(
        '{"code":"1009","message":"业务逻辑出错","solution":"请了解服务调用的前置条件，检查是否满足业务逻辑","subErrors":[' +
          '{"code":"isv.mobileark-smspush-service-error:-90102","message":"短信服务未配置"}]}',
      );
    }
  });

  it('a wrong number among right ones sends nothing', async () => {
    const before = await mobileark.messageCount();
    expect(await refusal({ phoneNumbers: '13812345678,x' })).toEqual(invalid('phoneNumbers'));
    expect(await mobileark.messageCount()).toBe(before);
  });
});
