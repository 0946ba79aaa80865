import type { MessageStatisticDto } from '../deliveries/statistic.dto.js';
import type { MessageDto } from '../messages/api/message.dto.js';
import { MAIL_CHANNEL } from './hospital.js';

/** What shall become of a message on one channel. */
export interface Expected {
  channel: string;
  target: number;
  failed: number;
  read: number;
}

/** One message of the demo. */
export interface Scene {
  title: string;
  messageId: string;
  expected: readonly Expected[];
}

/** How far a scene has come. */
export interface Outcome {
  scene: Scene;
  message: MessageDto;
  counters: readonly MessageStatisticDto[];
}

export type Counts = Pick<MessageStatisticDto, 'target' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown'>;
const FIELDS = ['target', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;

export const expected = (channel: string, target: number, failed = 0): Expected => ({
  channel,
  target,
  failed,
  read: 0,
});

/** The sum over some counters. */
export function sumOf(counters: readonly Counts[]): Counts {
  const sum: Counts = { target: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };
  for (const counter of counters) for (const field of FIELDS) sum[field] += counter[field];
  return sum;
}

/** What differs from what was expected, a line for each channel; nothing when all arrived. */
export function shortcomings({ scene, message, counters }: Outcome): string[] {
  const unfinished =
    message.state === 'done' ? [] : [`${scene.title}: message ${message.id} is still ${message.state}`];
  const differing = scene.expected.flatMap(({ channel, target, failed, read }) => {
    const sent = target - failed;
    // Nobody confirms an e-mail; the mail server is asked instead.
    const delivered = channel === MAIL_CHANNEL ? 0 : sent;
    const wanted = describe({ target, sent, delivered, read, failed, unknown: 0 });
    const found = describe(sumOf(counters.filter((counter) => counter.channel === channel)));
    return wanted === found ? [] : [`${scene.title}, channel ${channel}: expected ${wanted}; found ${found}`];
  });
  return [...unfinished, ...differing];
}

function describe(counts: Counts): string {
  return FIELDS.map((field) => `${field} ${counts[field]}`).join(', ');
}
