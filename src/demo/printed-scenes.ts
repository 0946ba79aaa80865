import type { MediwayReadReplyDto, MediwayReplyDto } from '../dialects/mediway/reply.dto.js';
import { MEDIWAY_EXAMPLES } from '../dialects/mediway/examples.js';
import type { ApiClient } from './api-client.js';
import { expectTargets } from './expect-targets.js';
import { APPLICATION, INBOX_CHANNEL, MAIL_CHANNEL, PRINTED_AUDIENCE, SMS_CHANNEL } from './hospital.js';
import { type Expected, expected, type Scene } from './scene.js';

const CHANNEL_PUSH = '/api/openApi/message/push/channel';
const TEMPLATE_PUSH = '/api/openApi/message/push/template';

/** As `receiverData` of the printed requests says it. */
const SPECIFIED = {
  users: ['USER001', 'USER002'],
  departments: ['DEPT001', 'DEPT002'],
  posts: ['POST001', 'POST002'],
  roles: ['ROLE001', 'ROLE002'],
};

/** The document swaps the accounts of the first two channels: user codes are no phone numbers, and phone numbers no inboxes. */
const CUSTOM: readonly Expected[] = [
  expected(SMS_CHANNEL, 2, 2),
  expected(INBOX_CHANNEL, 2, 2),
  // The document names the same mailbox twice, once with a blank after it.
  expected(MAIL_CHANNEL, 1),
];

/** Posts the three requests that the Mediway document prints, byte for byte. */
export async function playPrintedRequests(api: ApiClient, print: (line: string) => void): Promise<Scene[]> {
  const specified = await expectTargets(
    api,
    SPECIFIED,
    [SMS_CHANNEL, INBOX_CHANNEL, MAIL_CHANNEL],
    PRINTED_AUDIENCE.length,
  );
  const requests = [
    {
      title: 'Example 1, to people',
      path: CHANNEL_PUSH,
      text: MEDIWAY_EXAMPLES.channelToSpecified,
      expected: specified,
    },
    { title: 'Example 2, to accounts', path: CHANNEL_PUSH, text: MEDIWAY_EXAMPLES.channelToCustom, expected: CUSTOM },
    {
      title: 'Example 3, a template',
      path: TEMPLATE_PUSH,
      text: MEDIWAY_EXAMPLES.templateToSpecified,
      expected: specified,
    },
  ];
  const scenes: Scene[] = [];
  for (const { title, path, text, expected } of requests) {
    const reply = await api.postText<MediwayReplyDto>(path, text);
    print(`  ${title.padEnd(24)}${path.replace('/api/openApi/message/', '').padEnd(15)} ${JSON.stringify(reply)}`);
    if (reply.msgId === undefined) throw new Error(`${title} was refused: ${reply.msg}`);
    scenes.push({ title, messageId: reply.msgId, expected });
  }
  return scenes;
}

/** Has USER001 read what came under the printed businessId, by the dialect's extension; returns what is expected of the scenes then. */
export async function readAsFirstUser(
  api: ApiClient,
  scenes: readonly Scene[],
  print: (line: string) => void,
): Promise<Scene[]> {
  const reply = await api.post<MediwayReadReplyDto>('/api/openApi/message/read', {
    appId: APPLICATION.code,
    businessId: 'xxxxxx',
    user: 'USER001',
  });
  print(`  ${'USER001 reads these'.padEnd(24)}${'read'.padEnd(15)} ${JSON.stringify(reply)}`);
  return scenes.map((scene) => ({
    ...scene,
    expected: scene.expected.map((one) =>
      one.channel === INBOX_CHANNEL && one.failed === 0 ? { ...one, read: 1 } : one,
    ),
  }));
}
