/** The organisation of the Mediway document: every code that its printed requests name, and people behind each of them. */
export const HOSPITAL = { code: 'hospital', name: 'Tidings demo hospital', locale: 'zh-CN', timeZone: 'Asia/Shanghai' };

export const APPLICATION = { code: '102343444', name: 'Hospital information system' };

interface Group {
  kind: 'department' | 'post' | 'role' | 'tag';
  code: string;
  name: string;
  parent?: string;
}

/** Parents stand before their children. */
export const GROUPS: readonly Group[] = [
  { kind: 'department', code: 'DEPT001', name: '内科' },
  { kind: 'department', code: 'DEPT003', name: '心血管内科', parent: 'DEPT001' },
  { kind: 'department', code: 'DEPT002', name: '外科' },
  { kind: 'post', code: 'POST001', name: '主任医师' },
  { kind: 'post', code: 'POST002', name: '护士长' },
  { kind: 'role', code: 'ROLE001', name: '系统管理员' },
  { kind: 'role', code: 'ROLE002', name: '质控员' },
  { kind: 'tag', code: 'vip', name: 'VIP' },
];

/** A person as an import takes it. */
export interface Person {
  code: string;
  name: string;
  phone: string;
  email: string;
  departments?: string[];
  posts?: string[];
  roles?: string[];
  tags?: string[];
}

/** The last two are in no audience of the printed requests; the tenth is in it three times over and gets each message once. */
export const STAFF: readonly Person[] = [
  { code: 'USER001', name: '张三', phone: '18660886275', email: 'zhangsan@example.test', departments: ['DEPT001'] },
  { code: 'USER002', name: '李四', phone: '18660886834', email: 'lisi@example.test' },
  { code: 'USER003', name: '赵丽', phone: '18660886276', email: 'zhaoli@126.com', departments: ['DEPT001'] },
  { code: 'USER004', name: '王强', phone: '18660886277', email: 'wangqiang@example.test', departments: ['DEPT003'] },
  { code: 'USER005', name: '孙敏', phone: '18660886278', email: 'sunmin@example.test', departments: ['DEPT002'] },
  { code: 'USER006', name: '周杰', phone: '18660886279', email: 'zhoujie@example.test', posts: ['POST001'] },
  { code: 'USER007', name: '吴芳', phone: '18660886280', email: 'wufang@example.test', posts: ['POST002'] },
  { code: 'USER008', name: '郑伟', phone: '18660886281', email: 'zhengwei@example.test', roles: ['ROLE001'] },
  { code: 'USER009', name: '冯静', phone: '18660886282', email: 'fengjing@example.test', roles: ['ROLE002'] },
  {
    code: 'USER010',
    name: '陈涛',
    phone: '18660886283',
    email: 'chentao@example.test',
    departments: ['DEPT002'],
    posts: ['POST001'],
    roles: ['ROLE001'],
    tags: ['vip'],
  },
  { code: 'USER011', name: '褚红', phone: '18660886284', email: 'chuhong@example.test', tags: ['vip'] },
  { code: 'USER012', name: '卫国', phone: '18660886285', email: 'weiguo@example.test' },
];

const PRINTED_USERS = ['USER001', 'USER002'];
const PRINTED_DEPARTMENTS = ['DEPT001', 'DEPT003', 'DEPT002'];

/** Whom the printed requests with `receiverType` `specified` reach; DEPT003 stands below DEPT001. */
export const PRINTED_AUDIENCE = STAFF.filter(
  ({ code, departments = [], posts = [], roles = [] }) =>
    PRINTED_USERS.includes(code) ||
    departments.some((department) => PRINTED_DEPARTMENTS.includes(department)) ||
    posts.length > 0 ||
    roles.length > 0,
);

export const SMS_CHANNEL = '1001';
export const INBOX_CHANNEL = '1002';
export const MAIL_CHANNEL = '1003';

const HTML = '<p>${name}，您好：</p><p>业务编号：<b>${code}</b></p><p>${contents}</p><p>东华医为</p>';

/** The printed request gives code and name only, so `contents` has a default. */
export const TEMPLATE = {
  code: 'MSG1001',
  name: '就诊提醒',
  category: 'notice',
  variables: [
    { name: 'code', type: 'string', required: true, description: 'Number of the case.', example: 'Meidcal1001' },
    { name: 'name', type: 'string', required: true, description: 'Name of the patient.', example: '患者001' },
    {
      name: 'contents',
      type: 'string',
      required: false,
      description: 'What is to be done.',
      default: '请按预约时间到院，并携带有效证件。',
    },
  ],
  contents: {
    sms: { 'zh-CN': { text: '${name}您好，您的业务编号为${code}。${contents}', sign: '东华医为' } },
    inbox: { 'zh-CN': { title: '就诊提醒：${name}', html: HTML } },
    email: { 'zh-CN': { title: '就诊提醒：${name}（${code}）', html: HTML } },
  },
};
