import { describe, expect, it } from '@jest/globals';
import { CallSlots } from './call-slots.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('call slots', () => {
  it('let so many calls of an account run at once, the others in line, and other accounts by themselves', async () => {
    const slots = new CallSlots();
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const call = (name: string) => (): Promise<void> => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    };
    const runs = ['a', 'b', 'c', 'd'].map((name) => slots.run(1, 2, false, call(name)));
    runs.push(slots.run(2, 2, false, call('other')));
    await turn();
    expect(begun).toEqual(['a', 'b', 'other']);
    ends.get('b')?.();
    await turn();
    expect(begun).toEqual(['a', 'b', 'other', 'c']);
    for (const name of ['a', 'c', 'other']) ends.get(name)?.();
    await turn();
    ends.get('d')?.();
    await Promise.all(runs);
    expect(begun).toEqual(['a', 'b', 'other', 'c', 'd']);
  });

  it('have one more for urgent calls, which go before the others and leave no other in their place', async () => {
    const slots = new CallSlots();
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const call = (name: string) => (): Promise<void> => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    };
    const end = async (name: string): Promise<void> => {
      ends.get(name)?.();
      await turn();
    };
    const runs = ['a', 'b'].map((name) => slots.run(1, 1, false, call(name)));
    runs.push(...['u', 'v'].map((name) => slots.run(1, 1, true, call(name))));
    await turn();
    expect(begun).toEqual(['a', 'u']);
    await end('u');
    expect(begun).toEqual(['a', 'u', 'v']);
    await end('v');
    expect(begun).toEqual(['a', 'u', 'v']);
    await end('a');
    expect(begun).toEqual(['a', 'u', 'v', 'b']);
    await end('b');
    await Promise.all(runs);
  });

  it('are given back by a call that fails', async () => {
    const slots = new CallSlots();
    await expect(slots.run(1, 1, false, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await expect(slots.run(1, 1, false, () => Promise.resolve('next'))).resolves.toBe('next');
  });
});
