import { WORKPLUS_EXAMPLES } from '../../dialects/workplus/examples.js';
import type { ApiClient } from '../api-client.js';
import type { SentMessage } from './mobileark.js';
import type { OrganisationSeed } from './seed-organisation.js';

/** The ids that the document's samples print. */
export const WORKPLUS = {
  domainId: 'atwork',
  orgId: 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2',
  clientId: 'AppKey',
  clientSecret: '5tAkUIt1rrnP0WNLg7BWYuuqwzn3xRoO',
};
const APP = '92bc3faa-12bd-4afc-9962-01f2410f0bee';
const TEMPLATE = '152891af-1bec-4a18-8201-a58e08a7afad';

export const WORKPLUS_SEED: OrganisationSeed = {
  organisation: { code: 'atwork', name: 'WorkPlus demo', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  application: {
    code: 'workplus',
    name: 'WorkPlus caller',
    settings: { workplus: { domainId: WORKPLUS.domainId, orgId: WORKPLUS.orgId, appId: APP } },
  },
  credential: { kind: 'client-secret', publicId: WORKPLUS.clientId, secret: WORKPLUS.clientSecret },
  accounts: [],
  channels: [{ code: 'app', name: 'Application messages', kind: 'inbox' }],
  groups: [
    { kind: 'department', code: '232', name: '总部' },
    { kind: 'department', code: '301', name: '信息中心', parent: '232' },
  ],
  people: [
    { code: 'kaili', name: '凯里', clientId: 'c24b6a94cfb14b79af12a1399edc9e31', departments: ['301'] },
    { code: 'liucheng', name: '流程', clientId: 'a86e83a26be44eb59806901cc8be5d5c', departments: ['301'] },
  ],
};

/** The template that the printed request names. */
export const WORKPLUS_TEMPLATE = {
  code: TEMPLATE,
  name: '流程大师',
  category: 'notice',
  contents: {
    inbox: {
      'zh-CN': {
        title: '流程提醒',
        text: '编号：{{keyword1.DATA}}\n日期：{{keyword2.DATA}}\n申请人：{{keyword3.DATA}}\n审批人：{{keyword4.DATA}}',
      },
    },
  },
};

interface Reply {
  status: number;
  message: string;
  result?: { id: string; expects: number; oks: number; fails: number };
}

/** Gets a token and posts every request that the document prints, byte for byte. */
export async function playWorkplus(
  api: ApiClient,
  print: (line: string) => void,
): Promise<{ sent: Omit<SentMessage, 'messageId'>[]; token: string; ids: string[] }> {
  const { clientId, clientSecret, domainId, orgId } = WORKPLUS;
  const grant = { grant_type: 'client_credentials', scope: 'app', domain_id: domainId, org_id: orgId };
  const { result } = await api.post<{ result: { access_token: string } }>('/v1/token', {
    ...grant,
    client_id: clientId,
    client_secret: clientSecret,
  });
  print(`  ${'token'.padEnd(34)}${result.access_token.slice(0, 6)}…, for 30 days`);
  const sent: Omit<SentMessage, 'messageId'>[] = [];
  const ids: string[] = [];
  for (const [name, text] of Object.entries(WORKPLUS_EXAMPLES)) {
    const reply = await api.postText<Reply>(`/v1/apps/mbox?access_token=${result.access_token}`, text);
    print(`  ${`mbox, ${name}`.padEnd(34)}${JSON.stringify(reply)}`);
    if (reply.result === undefined) throw new Error(`The printed ${name} was refused: ${reply.message}`);
    ids.push(reply.result.id);
    sent.push({ title: `mbox, ${name}`, deliveries: reply.result.expects });
  }
  return { sent, token: result.access_token, ids };
}

/** What became of a printed request, as the dialect's extension tells it. */
export async function workplusOutcome(api: ApiClient, token: string, id: string): Promise<Reply['result']> {
  return (await api.get<Reply>(`/v1/apps/mbox/${id}?access_token=${token}`)).result;
}
