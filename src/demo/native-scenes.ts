import type { AcceptedMessageDto } from '../messages/api/accepted-message.dto.js';
import type { AudienceDto } from '../messages/api/audience.dto.js';
import type { ContentDto } from '../messages/api/content.dto.js';
import type { ApiClient } from './api-client.js';
import { expectTargets } from './expect-targets.js';
import { GENERATED_DEPARTMENTS, GENERATED_PEOPLE } from './generated-people.js';
import { INBOX_CHANNEL, MAIL_CHANNEL, SMS_CHANNEL, STAFF } from './hospital.js';
import type { Scene } from './scene.js';

const AHEAD_MILLISECONDS = 2_000;

interface Request {
  title: string;
  /** How many people of the demo it reaches. */
  made: number;
  audience: AudienceDto;
  content: Record<string, Partial<ContentDto>>;
  priority?: 'low' | 'normal' | 'high';
  sendAt?: string;
}

const ALERT = '台风预警：今日门诊改至下午两点，请留意后续通知。';

const requests = (): Request[] => [
  {
    title: 'Timed, in two seconds',
    made: STAFF.filter(({ tags = [] }) => tags.includes('vip')).length,
    audience: { tags: ['vip'] },
    content: {
      [SMS_CHANNEL]: { text: '提醒：两点整在三楼会议室开会。', sign: '东华医为' },
      [INBOX_CHANNEL]: { title: '会议提醒', html: '<p>两点整在<b>三楼会议室</b>开会。</p>' },
    },
    priority: 'high',
    sendAt: new Date(Date.now() + AHEAD_MILLISECONDS).toISOString(),
  },
  {
    title: 'E-mail to department D01',
    made: GENERATED_PEOPLE / GENERATED_DEPARTMENTS.length,
    audience: { departments: ['D01'] },
    content: { [MAIL_CHANNEL]: { title: '科室排班表', html: '<p>下周排班表已发布，请登录系统查看。</p>' } },
  },
  {
    title: 'Broadcast to everyone',
    made: GENERATED_PEOPLE + STAFF.length,
    audience: { all: true },
    content: {
      [SMS_CHANNEL]: { text: ALERT, sign: '东华医为' },
      [INBOX_CHANNEL]: { title: '台风预警', html: `<p>${ALERT}</p>`, url: 'https://example.test/notices/1' },
    },
    priority: 'low',
  },
];

export interface NativeScenes {
  timed: Scene;
  mail: Scene;
  broadcast: Scene;
}

/** Sends a message for later, an e-mail to a department and a broadcast, through the native API. */
export async function playNativeRequests(api: ApiClient, print: (line: string) => void): Promise<NativeScenes> {
  const scenes: Scene[] = [];
  for (const { title, made, ...body } of requests()) {
    const expected = await expectTargets(api, body.audience, Object.keys(body.content), made);
    const { id, state } = await api.post<AcceptedMessageDto>('/api/v1/messages', body);
    const deliveries = expected.reduce((sum, { target }) => sum + target, 0);
    print(`  ${title.padEnd(27)}message ${id} ${state}, ${deliveries} deliveries`);
    scenes.push({ title, messageId: id, expected });
  }
  const [timed, mail, broadcast] = scenes;
  if (timed === undefined || mail === undefined || broadcast === undefined) throw new Error('A scene is missing.');
  return { timed, mail, broadcast };
}
