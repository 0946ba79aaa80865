/** Requests in Swagger UI: what the document says of each field, as requests that work. */
export const NOTIFY_EXAMPLES = {
  all: {
    summary: '"all": 所有设备',
    value: { audience: 'all', message: { type: 'text', title: '标题', body: '内容' } },
  },
  tag: {
    summary: 'tag: 标签为tag1或tag2的设备',
    value: {
      audience: { tag: ['tag1', 'tag2'] },
      setting: { distribution_strategy: 'combined', ospush_sequence: ['ups', 'fcm'] },
      message: { type: 'text', title: '标题', body: '内容', badge: '+1', ext: { key1: 123, key2: 'value2' } },
    },
  },
  alias: {
    summary: 'alias: 别名为alias1或alias2的设备',
    value: {
      audience: { alias: ['alias1', 'alias2'] },
      setting: { distribution_strategy: 'ospush_only' },
      message: { type: 'image', title: '标题', attachment_url: 'https://example.com/picture.png' },
    },
  },
  user: {
    summary: 'user_id: 用户ID为111或222的设备',
    value: {
      audience: { user_id: [111, 222] },
      message: {
        title: '标题',
        body: '内容',
        ios: { sound: 'default', thread_id: 'thread-1' },
        android: { channel_id: 'orders', click_action: 'open_app' },
        huawei: {
          click_action: 'intent',
          intent: 'intent:#Intent;component=包名/activity全路径;S.parm1=value1;S.parm2=value2;end',
          badge_class: 'com.test.badge.MainActivity',
        },
        vivo: { push_mode: 0, classification: 1 },
      },
    },
  },
  pushToken: {
    summary: 'push_token: PushToken为push_token1或push_token2的设备, 透传消息',
    value: {
      audience: { push_token: ['push_token1', 'push_token2'] },
      message: { type: 'cmd', ext: { key1: 123, key2: 'value2' } },
    },
  },
} as const;
