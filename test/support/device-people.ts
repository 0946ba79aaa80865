import { expect } from '@jest/globals';
import { type SmallOrganisation, smallOrganisation } from './small-organisation.js';
import type { TestApp } from './test-app.js';

export const SMS = { sms: { text: 'hello' } };
export const PUSH = { push: { title: 'T', text: 'hello' } };
export const EVERYTHING = { ...SMS, ...PUSH, inbox: { title: 'T', text: 'hello' } };

/** A device as it is registered. */
interface Device {
  /** `push` unless told. */
  kind?: string;
  recipient?: string;
  vendor: string;
  platform?: string;
  address: string;
  alias?: string;
}

export interface Explanation {
  inAudience: boolean;
  via: string[];
  excludedBy: string[];
  channels: { endpoint: string | null; status: string; reason: string }[];
}

/**
 * The people of the small organisation with devices, registered a second apart and in this order: U1 an Android one (`u1-old`, alias
 * `tablet`) and an Apple one (`u1-phone`), U2 an Apple one (`u2-phone`) and an Android one (`u2-new`, alias `tablet`), U3 `u3-pad`
 * (alias `ward-7`); nobody's `kiosk` (alias `ward-7`). The channel `push` has an account for Apple's and one for all others.
 */
export class DevicePeople {
  private readonly ids = new Map<string, string>();

  private constructor(
    private readonly app: TestApp,
    readonly org: SmallOrganisation,
  ) {}

  static async make(app: TestApp): Promise<DevicePeople> {
    const people = new DevicePeople(app, await smallOrganisation(app));
    const account = { code: 'apple', name: 'Apple', vendor: 'sandbox', settings: {}, serves: 'apns' };
    await people.ok('POST', 'vendor-accounts', account);
    await people.ok('POST', 'channels', { code: 'push', name: 'Push', kind: 'push', route: ['apple', 'sandbox'] });
    await people.register({ recipient: 'U1', vendor: 'fcm', platform: 'Android', address: 'u1-old', alias: 'tablet' });
    await people.register({ recipient: 'U1', vendor: 'apns', platform: 'iOS', address: 'u1-phone' });
    await people.register({ recipient: 'U2', vendor: 'apns', platform: 'ios', address: 'u2-phone' });
    await people.register({ recipient: 'U2', vendor: 'fcm', platform: 'android', address: 'u2-new', alias: 'tablet' });
    await people.register({ recipient: 'U3', vendor: 'hms', platform: 'android', address: 'u3-pad', alias: 'ward-7' });
    await people.register({ vendor: 'fcm', platform: 'web', address: 'kiosk', alias: 'ward-7' });
    return people;
  }

  async ok(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const reply = await this.org.call(method, `/api/v1/${path}`, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body as Record<string, unknown>;
  }

  /** Registers a device a second after the one before. */
  async register(device: Device): Promise<void> {
    await this.app.clock.advance(1_000);
    const { id } = await this.ok('POST', 'endpoints', { kind: 'push', ...device });
    this.ids.set(device.address, String(id));
  }

  /** The endpoint id of a device. */
  id(address: string): string {
    return this.ids.get(address) ?? '';
  }

  /** What goes out, as `channel address`. The preview has promised as much for each channel and account, or the test fails. */
  async reached(audience: unknown, content: unknown = PUSH): Promise<string[]> {
    const { channels } = await this.ok('POST', 'messages/preview', { audience, content });
    const promised = channels as { channel: string; account: string; target: number }[];
    const id = await this.org.send({ audience, content });
    await this.app.drain();
    const rows = await this.org.deliveries(id);
    const sent = rows.filter(({ state }) => state !== 'failed');
    const counted = new Map<string, number>();
    for (const { channel, account } of sent) {
      const key = `${channel} ${account}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const targets = promised.filter(({ target }) => target > 0);
    expect(new Map(targets.map(({ channel, account, target }) => [`${channel} ${account}`, target]))).toEqual(counted);
    expect((await this.org.message(id)).statistics.target).toBe(rows.length);
    return sent.map(({ channel, address }) => `${channel} ${address}`).sort();
  }

  async explain(id: string, recipient: string): Promise<Explanation> {
    return (await this.ok('GET', `messages/${id}/explain?recipient=${recipient}`)) as unknown as Explanation;
  }

  /** An explanation by the devices' addresses, with the word for a device that was left out. */
  async verdicts(id: string, recipient: string): Promise<unknown[]> {
    const { channels } = await this.explain(id, recipient);
    return channels.map(({ endpoint, status, reason }) => [
      [...this.ids].find(([, one]) => one === endpoint)?.[0] ?? endpoint,
      status,
      /left out \(([a-z-]+)\)/.exec(reason)?.[1] ?? '',
    ]);
  }
}
