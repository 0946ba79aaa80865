import { describe, expect, it } from '@jest/globals';
import type { GroupRobot } from '../../../../src/vendors/chat/group-robot.js';
import type { Meaning } from '../../../../src/vendors/transport/judgement.js';
import type { VendorAccountConfig } from '../../../../src/vendors/vendor.js';
import type { SimulatorReply } from '../http-simulator.js';
import { behavesLikeAVendor } from '../vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../vendor-request.js';
import type { RobotSimulator } from './robot-simulator.js';

interface Behaviour {
  /** Called within a test. */
  sample: () => { robot: GroupRobot; simulator: RobotSimulator };
  /** As of every vendor. */
  codes: Readonly<Record<string, Meaning>>;
  reply: (code: string) => SimulatorReply;
  outcomeCode?: (code: string) => string;
  /** Settings that the vendor does not know, and what it says of them; absent: nothing can be asked of it without a post. */
  unknown?: { settings: (simulator: RobotSimulator) => Record<string, unknown>; said: string };
  /** The code of a robot that posts too fast. */
  tooFast: string;
}

interface Started {
  robot: GroupRobot;
  simulator: RobotSimulator;
  account: VendorAccountConfig;
  /** The latest request. */
  last: () => string;
}

/** What holds for every robot in a group, as tests. */
export function behavesLikeARobot({ sample, codes, reply, outcomeCode, unknown, tooFast }: Behaviour): void {
  const start = (): Started => {
    const { robot, simulator } = sample();
    const account = vendorAccount(robot.definition, simulator.settings);
    const last = (): string => simulator.seen.at(-1)?.body ?? '';
    return { robot, simulator, account, last };
  };

  behavesLikeAVendor({
    sample: () => {
      const { robot, simulator, account } = start();
      const addresses = (count: number): string[] => Array.from({ length: count }, (_, one) => simulator.address(one));
      return { vendor: robot, simulator, request: (count) => vendorRequest(account, addresses(count)) };
    },
    codes,
    reply,
    outcomeCode,
  });

  describe('like every robot', () => {
    it('it posts once for all who are mentioned by a call', async () => {
      const { robot, simulator, account } = start();
      const addresses = ['group', 'all', ...Array.from({ length: 98 }, (_, number) => simulator.address(number))];
      const { outcomes, account: verdict } = await robot.send(vendorRequest(account, addresses));
      expect(inShort(outcomes)).toEqual(addresses.map(() => 'accepted'));
      expect(verdict).toBeUndefined();
      expect(simulator.requests).toBe(1);
    });

    it('it posts people’s own words one by one, and rests before it is muted', async () => {
      const { robot, simulator, account } = start();
      const request = vendorRequest(
        account,
        [1, 2, 3, 4, 5, 6, 7].map((number) => simulator.address(number)),
      );
      const targets = request.targets.map((target, index) => ({ ...target, content: { text: `For number ${index}` } }));
      const { outcomes, account: verdict } = await robot.send({ ...request, targets });
      const five = [0, 1, 2, 3, 4];
      expect(inShort(outcomes)).toEqual([...five.map(() => 'accepted'), 'retry paced', 'retry paced']);
      const perSecond = robot.definition.usualPace?.perSecond ?? 0;
      expect(verdict).toMatchObject({ problem: 'throttled', code: 'paced', afterSeconds: Math.ceil(5 / perSecond) });
      expect(simulator.seen.map(({ body }) => /For number \d/.exec(body)?.[0])).toEqual(
        five.map((number) => `For number ${number}`),
      );
    });

    it('it leaves the account alone when it posts too fast all the same', async () => {
      const { robot, simulator, account } = start();
      simulator.mostPerMinute = 1;
      await robot.send(vendorRequest(account, ['group']));
      const { outcomes, account: verdict } = await robot.send(vendorRequest(account, ['group']));
      expect(inShort(outcomes)).toEqual([`retry ${tooFast}`]);
      expect(verdict).toMatchObject({ problem: 'throttled', code: tooFast });
    });

    it('it turns away whom it cannot mention, and posts for the others', async () => {
      const { robot, simulator, account } = start();
      const addresses = ['group', '@all', simulator.address(1), 'Li Lei', '"><at>', '+12'];
      const { outcomes } = await robot.send(vendorRequest(account, addresses));
      const turnedAway = 'rejected invalid-address';
      expect(inShort(outcomes)).toEqual(['accepted', turnedAway, 'accepted', turnedAway, turnedAway, turnedAway]);
      expect(inShort((await robot.send(vendorRequest(account, ['Li Lei']))).outcomes)).toEqual([turnedAway]);
      expect(simulator.requests).toBe(1);
    });

    it('it says in plain text what is written in HTML', async () => {
      const { robot, account, last } = start();
      const content = { html: '<p>Dear <b>all</b>,</p><p>see <a href="https://example.com/1">this</a>.</p>' };
      expect(inShort((await robot.send(vendorRequest(account, ['group'], { content }))).outcomes)).toEqual([
        'accepted',
      ]);
      expect(last()).toContain('Dear all,');
      expect(last()).toContain('see this (https://example.com/1).');
      expect(last()).not.toContain('<b>');
    });

    it('it has nothing to say of a picture', async () => {
      const { robot, simulator, account } = start();
      const content = { html: '<img src="https://example.com/1.png">' };
      const { outcomes } = await robot.send(vendorRequest(account, ['group'], { content }));
      expect(inShort(outcomes)).toEqual(['rejected no-text']);
      expect(simulator.requests).toBe(0);
    });

    it('it leaves out what a chat cannot use: data, and links that only an app opens', async () => {
      const { robot, account, last } = start();
      const content = { text: 'Hello', url: 'app://orders/1', ext: { order: 'secret' } };
      await robot.send(vendorRequest(account, ['group'], { content }));
      expect(last()).toContain('Hello');
      expect(last()).not.toMatch(/orders|secret/);
    });
  });
  if (unknown !== undefined) isVerifiedWithoutAPost(start, unknown);
}

function isVerifiedWithoutAPost(start: () => Started, unknown: NonNullable<Behaviour['unknown']>): void {
  describe('like every robot that can be asked without a post', () => {
    const { signal } = new AbortController();

    it('it is verified', async () => {
      const { robot, simulator, account } = start();
      const good = await robot.verify(account, signal);
      expect(good).toEqual({ ok: true, detail: expect.stringMatching(/knows the robot.*posted nothing/) });
      const other = vendorAccount(robot.definition, { ...simulator.settings, ...unknown.settings(simulator) });
      expect(await robot.verify(other, signal)).toEqual({ ok: false, detail: unknown.said });
      expect(simulator.pushes).toBe(0);
      await simulator.close();
      const { ok, detail } = await robot.verify(account, signal);
      expect(ok).toBe(false);
      expect(detail).toMatch(/cannot be reached/);
    });

    it('it cannot be told whether it works while the vendor is out of order', async () => {
      const { robot, simulator, account } = start();
      simulator.fail({ kind: 'reply', reply: { status: 500, body: 'out of order' } });
      const { ok, detail } = await robot.verify(account, signal);
      expect(ok).toBe(false);
      expect(detail).toMatch(/ does not say at the moment whether it accepts the robot \(http-500: out of order\)\.$/);
    });
  });
}
