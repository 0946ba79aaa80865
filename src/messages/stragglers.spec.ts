import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { PATIENCE_MILLISECONDS, Stragglers } from './stragglers.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function send(): { sending: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const sending = new Promise<void>((resolve) => (end = resolve));
  return { sending, end };
}

describe('stragglers', () => {
  it('are waited for a moment, and then finish by themselves', async () => {
    const clock = new FakeClock();
    let finished = 0;
    const stragglers = new Stragglers(clock, () => finished++);
    const slow = send();
    let free = false;
    const waiting = stragglers.waitFor(1, 7, false, slow.sending).then(() => (free = true));
    await clock.advance(PATIENCE_MILLISECONDS - 1);
    expect(free).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(free).toBe(true);
    expect(finished).toBe(0);
    slow.end();
    await stragglers.settled();
    await turn();
    expect(finished).toBe(1);
  });

  it('do not hold up what is quick, nor count it', async () => {
    const clock = new FakeClock();
    let finished = 0;
    const stragglers = new Stragglers(clock, () => finished++);
    await stragglers.waitFor(1, 7, false, Promise.resolve());
    expect(finished).toBe(0);
    expect(clock.isWaiting(PATIENCE_MILLISECONDS)).toBe(false);
  });

  it('fill their account, in their organisation and of their urgency only, until one has finished', async () => {
    const clock = new FakeClock();
    const stragglers = new Stragglers(clock, () => undefined);
    const sends = Array.from({ length: 4 }, send);
    const waits = sends.map(({ sending }) => stragglers.waitFor(1, 7, false, sending));
    await clock.advance(PATIENCE_MILLISECONDS);
    await Promise.all(waits);
    expect(stragglers.full(1, false)).toEqual([7]);
    expect(stragglers.full(1, true)).toEqual([]);
    expect(stragglers.full(11, false)).toEqual([]);
    sends[0]?.end();
    await turn();
    expect(stragglers.full(1, false)).toEqual([]);
    for (const { end } of sends) end();
    await stragglers.settled();
  });
});
