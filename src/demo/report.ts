import type { DeliveryPageDto } from '../deliveries/delivery.dto.js';
import type { ApiClient } from './api-client.js';
import type { MailServer } from './mail-server.js';
import { INBOX_CHANNEL, MAIL_CHANNEL, SMS_CHANNEL } from './hospital.js';
import { figure, print, seconds, table } from './print.js';
import { type Outcome, shortcomings, sumOf } from './scene.js';

const NAMES = new Map([
  [SMS_CHANNEL, 'SMS, sandbox'],
  [INBOX_CHANNEL, 'inbox'],
  [MAIL_CHANNEL, 'e-mail, local SMTP'],
]);
const COLUMNS = ['target', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;

/** A row for each channel, over all messages of this run. */
export function printChannels(outcomes: readonly Outcome[]): void {
  const counters = outcomes.flatMap(({ counters }) => counters);
  const rows = [...NAMES].map(([channel, name]) => {
    const sum = sumOf(counters.filter((counter) => counter.channel === channel));
    return [`${channel}  ${name}`, ...COLUMNS.map((column) => figure(sum[column]))];
  });
  print();
  for (const row of table([['Channel', ...COLUMNS], ...rows])) print(`  ${row}`);
}

/** How fast the broadcast was, from its acceptance to its last delivery. */
export function printSpeed({ message, counters }: Outcome): void {
  if (message.finishedAt === null) return;
  const took = new Date(message.finishedAt).getTime() - new Date(message.createdAt).getTime();
  const { sent } = sumOf(counters);
  print(`  Broadcast: ${figure(sent)} deliveries in ${seconds(took)}, ${figure((sent / took) * 1000)} a second.`);
}

/** How late the last delivery of the timed message was. */
export async function printLateness(api: ApiClient, { message }: Outcome): Promise<void> {
  const { items } = await api.get<DeliveryPageDto>(`/api/v1/deliveries?message=${message.id}`);
  const sent = items.flatMap(({ sentAt }) => (sentAt === null ? [] : [new Date(sentAt).getTime()]));
  if (message.sendAt === null || sent.length === 0) return;
  const late = Math.max(...sent) - new Date(message.sendAt).getTime();
  print(`  Timed message: sent ${late} ms after its time.`);
}

/** Everything that did not come as expected, the mails in the server's hands included; says so when there is nothing. */
export function printVerdict(outcomes: readonly Outcome[], mails: MailServer, others: readonly string[]): boolean {
  const own = outcomes.flatMap((outcome) => [...shortcomings(outcome), ...missingMails(outcome, mails)]);
  const missing = [...own, ...others];
  print();
  for (const line of missing) print(`  MISSING  ${line}.`);
  if (missing.length === 0) print(`  All arrived, ${figure(mails.received)} mails at the mail server among them.`);
  return missing.length === 0;
}

function missingMails({ scene }: Outcome, mails: MailServer): string[] {
  const wanted = scene.expected
    .filter(({ channel }) => channel === MAIL_CHANNEL)
    .reduce((sum, { target, failed }) => sum + target - failed, 0);
  const got = mails.receivedOf(scene.messageId);
  return wanted === got ? [] : [`${scene.title}: ${wanted} mails expected, the mail server got ${got}`];
}
