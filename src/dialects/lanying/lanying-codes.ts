/** Every code of the product's error table with its message. Most are about what a push centre has nothing of. */
export const LANYING_MESSAGES = {
  10000: '用户不存在',
  10001: '验证码不正确',
  10002: '请求参数不正确',
  10003: 'header中缺少access-token参数',
  10004: '用户已存在',
  10005: '用户已在好友列表',
  10006: '用户在黑名单列表',
  10007: '好友申请不存在或已过期',
  10008: 'header中access-token无效',
  10009: 'oss异常',
  10010: '用户无权限',
  10011: 'user_id已绑定',
  10012: '用户拒绝好友申请',
  12001: '上传推送图片到小米平台失败',
  12002: '推送图片文件大小需小于1M',
  12003: '上传推送图片到OPPO平台失败',
  12004: '推送的图片地址无法下载',
  12005: '推送目标列表的长度不能超过500',
  12006: '没有开通推送功能',
  20000: '服务器数据库异常',
  40000: 'app_id不存在',
} as const;

export type LanyingCode = keyof typeof LANYING_MESSAGES;

/** What went well. */
export const OK = 200;
