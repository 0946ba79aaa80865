import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invalid, type StoredMessage, textPush, WorkPlusFixture } from './fixture.js';

describe('W6: RICH_TEXT', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const stored = async (type: string, body: object): Promise<StoredMessage> => {
    const { id } = await workplus.pushed(textPush({ type, body }));
    return workplus.message(id);
  };
  const refusal = (type: string, body: object): Promise<object> => workplus.refusal(textPush({ type, body }));

  const style = { bold: true, italic: true, underline: true, lineThrough: true, color: 'red' };
  const item = (text: string): unknown[] => [[{ tag: 'text', text }]];
  const rich = {
    title: '标题 <1>',
    content: [
      [
        { tag: 'text', text: '一行 <b>文字</b>\n', style },
        { tag: 'at', user_id: 'all', name: '全部人员' },
        { tag: 'a', text: '百度', href: 'https://www.baidu.com/?a=1&b="2"' },
        { tag: 'a', text: '页', href: 'javascript:alert(1)' },
      ],
      [{ tag: 'img', media_id: 'm', width: 1, height: 1 }],
      [{ tag: 'bulletList', list: [item('甲'), item('乙')], marker: 'dot' }],
      [{ tag: 'orderedList', list: [item('一')], start: 3 }],
      [{ tag: 'blockquote', quote: [item('引'), [[{ tag: 'bulletList', list: [item('丙')] }]]] }],
    ],
  };
  const html =
    '<p><span style="color:red"><s><u><em><strong>一行 &lt;b&gt;文字&lt;/b&gt;<br></strong></em></u></s></span>@全部人员' +
    '<a href="https://www.baidu.com/?a=1&amp;b=&quot;2&quot;">百度</a>页</p><p>[图片]</p>' +
    '<ul><li><p>甲</p></li><li><p>乙</p></li></ul><ol start="3"><li><p>一</p></li></ol>' +
    '<blockquote><p>引</p><ul><li><p>丙</p></li></ul></blockquote>';
  const text = '一行 <b>文字</b>\n@全部人员百度页\n[图片]\n• 甲\n• 乙\n3. 一\n> 引\n> • 丙';

  it.each([
    ['in a string', JSON.stringify(rich)],
    ['as it is', rich],
  ])('JSON %s becomes words and escaped HTML, and is kept', async (_name, content) => {
    const message = await stored('RICH_TEXT', { content });
    expect(message.content).toEqual({
      title: '标题 <1>',
      text,
      html,
      ext: { workplus: { type: 'RICH_TEXT', platforms: ['ANDROID', 'IOS'], body: { content: rich } } },
    });
  });

  it('the request of its page reaches a username', async () => {
    const content = JSON.stringify({
      title: '这是富文本的标题',
      content: [
        [
          { tag: 'text', style: { bold: true, color: 'default' }, text: '这是第一段文字\n' },
          { user_id: 'all', name: '全部人员', tag: 'at' },
        ],
        [{ is_gif: false, height: 1920, width: 888, size: 223563, tag: 'img', media_id: 'd42040947d644a1f' }],
      ],
    });
    const body = { type: 'RICH_TEXT', body: { content }, usernames: ['13800138000'], platforms: ['ANDROID'] };
    const { id } = await workplus.pushed(body);
    expect(await workplus.inbox('13800138000', id)).toMatchObject([
      { title: '这是富文本的标题', html: '<p><strong>这是第一段文字<br /></strong>@全部人员</p><p>[图片]</p>' },
    ]);
  });

  it('unknown nodes are kept for clients that know them', async () => {
    const content = {
      content: [
        [
          { tag: 'emoji', code: 7 },
          { tag: 'text', text: 'x' },
        ],
      ],
    };
    const { content: kept } = await stored('rich_text', { content });
    expect(kept).toMatchObject({ text: 'x', html: '<p>x</p>', ext: { workplus: { body: { content } } } });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['words', 'hello'],
    ['half of JSON', '{"content": ['],
    ['a list', []],
    ['no paragraphs', { title: 't' }],
    ['paragraphs of another kind', { content: ['x'] }],
    ['a node without a tag', { content: [[{ text: 'x' }]] }],
    ['a list without items', { content: [[{ tag: 'bulletList' }]] }],
    [
      'an image within a line',
      {
        content: [
          [
            { tag: 'text', text: 'x' },
            { tag: 'img', media_id: 'm' },
          ],
        ],
      },
    ],
    ['a title of another kind', { title: {}, content: [[{ tag: 'text', text: 'x' }]] }],
    ['no words at all', { content: [[{ tag: 'text', text: ' ' }]] }],
    ['nesting without end', `{"content":${'['.repeat(100)}${']'.repeat(100)}}`],
  ])('%s is refused', async (_name, content) => {
    expect(await refusal('RICH_TEXT', { content })).toEqual(invalid('body.content'));
  });
});
