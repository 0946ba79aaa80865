import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { type Work, WorkSignal } from './work-signal.js';

const LATER = 2_000;

function waiting() {
  const clock = new FakeClock();
  const signal = new WorkSignal(clock);
  const end = new AbortController();
  const awake: string[] = [];
  const wait = (name: string, work: Work, urgentOnly: boolean, heard = signal.heard(work)): void => {
    const until = new Date(clock.now().getTime() + LATER);
    void signal.wait(work, urgentOnly, heard, until, end.signal).then(() => awake.push(name));
  };
  const settled = async (): Promise<string[]> => {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    return awake;
  };
  return { clock, signal, end, wait, settled };
}

describe('a signal of work', () => {
  it('wakes one loop of its kind, and the one kept for urgent work only when some may be', async () => {
    const { signal, wait, settled } = waiting();
    wait('planner', 'plan', false);
    wait('first', 'dispatch', false);
    wait('second', 'dispatch', false);
    wait('urgent', 'dispatch', true);
    signal.notify('dispatch', false);
    expect(await settled()).toEqual(['first']);
    signal.notify('dispatch', true);
    expect(await settled()).toEqual(['first', 'second', 'urgent']);
  });

  it('wakes all when nobody can say what there is', async () => {
    const { signal, wait, settled } = waiting();
    wait('planner', 'plan', false);
    wait('urgent', 'dispatch', true);
    signal.notifyAll();
    expect(await settled()).toEqual(['planner', 'urgent']);
  });

  it('is not missed by a loop that was looking while it was given', async () => {
    const { signal, wait, settled } = waiting();
    const heard = signal.heard('plan');
    signal.notify('plan', false);
    wait('planner', 'plan', false, heard);
    expect(await settled()).toEqual(['planner']);
  });

  it('is not waited for longer than said, nor after the end', async () => {
    const { clock, end, wait, settled } = waiting();
    wait('planner', 'plan', false);
    await clock.advance(LATER);
    expect(await settled()).toEqual(['planner']);
    wait('other', 'plan', false);
    end.abort();
    wait('late', 'plan', false);
    expect(await settled()).toEqual(['planner', 'other', 'late']);
  });
});
