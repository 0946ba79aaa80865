import { setTimeout as delay } from 'node:timers/promises';
import type { MessageStatisticsDto } from '../deliveries/statistic.dto.js';
import type { MessageDto } from '../messages/api/message.dto.js';
import type { ApiClient } from './api-client.js';
import { type Outcome, type Scene, shortcomings, sumOf } from './scene.js';

const POLL_MILLISECONDS = 100;
/** When all messages are done and nothing has moved for so long, what is missing will not come. */
const STILL_MILLISECONDS = 5_000;

/** Looks at the scenes until all is as expected, nothing moves any more, or `deadline` (milliseconds since 1970) has passed. */
export async function watch(
  api: ApiClient,
  scenes: readonly Scene[],
  deadline: number,
  onProgress: (deliveries: number) => void = () => undefined,
): Promise<Outcome[]> {
  const settled = new Map<Scene, Outcome>();
  let before = '';
  let moved = Date.now();
  for (;;) {
    const outcomes = await Promise.all(scenes.map(async (scene) => settled.get(scene) ?? look(api, scene)));
    for (const outcome of outcomes) if (shortcomings(outcome).length === 0) settled.set(outcome.scene, outcome);
    const totals = outcomes.map(({ counters }) => sumOf(counters));
    onProgress(totals.reduce((sum, { sent, failed, unknown }) => sum + sent + failed + unknown, 0));
    const now = JSON.stringify(totals);
    if (now !== before) moved = Date.now();
    before = now;
    const finished = outcomes.every(({ message }) => message.finishedAt !== null);
    const still = finished && Date.now() - moved > STILL_MILLISECONDS;
    if (settled.size === scenes.length || still || Date.now() > deadline) return outcomes;
    await delay(POLL_MILLISECONDS);
  }
}

async function look(api: ApiClient, scene: Scene): Promise<Outcome> {
  const message = await api.get<MessageDto>(`/api/v1/messages/${scene.messageId}`);
  const { items } = await api.get<MessageStatisticsDto>(`/api/v1/statistics/messages/${scene.messageId}`);
  return { scene, message, counters: items };
}
