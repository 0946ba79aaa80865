import { describe, expect, it } from '@jest/globals';
import { LiveDevices } from '../live-devices.js';
import type { SendResult } from '../vendor.js';
import { LiveVendor } from './live.js';

class SomeDevices extends LiveDevices {
  constructor(private readonly online: readonly string[] | undefined) {
    super();
  }

  push(_account: unknown, references: readonly string[]): Promise<boolean[]> {
    const { online } = this;
    if (online === undefined) return Promise.reject(new Error('the database is away'));
    return Promise.resolve(references.map((reference) => online.includes(reference)));
  }
}

const send = (online: readonly string[] | undefined): Promise<SendResult> =>
  new LiveVendor(new SomeDevices(online)).send({
    account: { id: 1, organisationId: 1, code: 'live', settings: {} },
    content: { title: 'Hello' },
    targets: ['a', 'b', 'c'].map((reference) => ({ reference, address: reference })),
    tag: '1-1',
    priority: 'normal',
    category: 'notice',
    attempt: 1,
    options: {},
    signal: new AbortController().signal,
  });

describe('the live vendor', () => {
  it('takes what is for devices online, and leaves the others to the next account', async () => {
    expect(await send(['a', 'c'])).toEqual({
      outcomes: [{ status: 'accepted' }, { status: 'unreachable', code: 'offline' }, { status: 'accepted' }],
    });
  });

  it('has everything tried again when it cannot ask who is online', async () => {
    const retry = { status: 'retry', code: 'presence-unavailable' };
    expect(await send(undefined)).toEqual({ outcomes: [retry, retry, retry] });
  });

  it('needs no account elsewhere', async () => {
    expect(await new LiveVendor(new SomeDevices([])).verify()).toMatchObject({ ok: true });
  });
});
