import { type ChildProgram, startProgram } from '../support/child-program.js';
import { pause } from '../support/pause.js';
import type { Scratch } from '../support/scratch-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { SIMULATORS } from '../support/vendors/simulators.js';
import { atMost, type BenchFigure, type BenchLine, figure, largest } from './bench-line.js';
import { type BenchOrganisation, makeOrganisation, startTidings } from './bench-organisation.js';
import { freshDeliveries } from './broadcast-floor.js';

const PROGRAM = new URL('../support/vendors/simulators-program.js', import.meta.url);
const VENDORS = ['apns', 'fcm', 'huawei', 'xiaomi', 'oppo', 'vivo'] as const;
/** It refuses every call while the others are served. */
const THROTTLING = 'xiaomi';
const DEVICES = 100_000;
const TROUBLE_SECONDS = 120;

const ADD_DEVICES = `
INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, created_at, updated_at)
SELECT $1, r.id, 'push', d.vendor, 'android', 'production', d.address, 'active', now(), now()
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS d (vendor, address, place)
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM recipient WHERE organisation_id = $1) r USING (place)`;

const PROGRESS = `
SELECT a.code, s.target, s.sent + s.failed + s.unknown AS settled, s.sent
  FROM message_statistic s JOIN vendor_account a ON a.organisation_id = s.organisation_id AND a.id = s.vendor_account_id
 WHERE s.organisation_id = $1 AND s.message_id = $2`;

interface Progress {
  code: string;
  target: string;
  settled: string;
  sent: string;
}

/** One measured broadcast: seconds until each vendor's devices were all served. */
type Finished = Map<string, { seconds: number; targets: number }>;

type Simulators = ChildProgram<Record<string, { settings: Record<string, unknown> }>>;

export const SIX_VENDORS: BenchLine = {
  name: 'six-vendors',
  about: `a push to ${DEVICES} devices of six vendors at once, and again while one of them refuses every call as too many`,
  run: async ({ scratch, sizes, log }) => {
    const devices = Math.min(DEVICES, largest(sizes));
    const simulators: Simulators = await startProgram(PROGRAM, { vendors: VENDORS, addresses: 0 });
    try {
      const organisation = await makeOrganisation(scratch, 'six-vendors', devices);
      await addDevices(scratch, organisation, devices);
      const server = await startTidings(scratch);
      try {
        await addAccounts(server, organisation, simulators);
        // Connections, tokens and plans are made once.
        await broadcast(scratch, server, organisation, simulators, false);
        log(`push to ${devices} devices`);
        const free = await broadcast(scratch, server, organisation, simulators, false);
        log(`the same while ${THROTTLING} refuses every call`);
        const throttled = await broadcast(scratch, server, organisation, simulators, true);
        return figures(devices, free, throttled);
      } finally {
        await server.stop();
      }
    } finally {
      await simulators.stop();
    }
  },
};

function figures(devices: number, free: Finished, throttled: Finished): BenchFigure[] {
  const rates = VENDORS.flatMap((vendor) => {
    const [alone, beside] = [free.get(vendor), throttled.get(vendor)];
    if (alone === undefined || beside === undefined) return [];
    const name = `six-vendors ${devices}: ${vendor}`;
    const rate = (one: { seconds: number; targets: number }): number => one.targets / one.seconds;
    return vendor === THROTTLING
      ? [figure(`${name}, all well`, rate(alone), 'devices/s'), figure(`${name}, served after`, beside.seconds, 's')]
      : [
          figure(`${name}, all well`, rate(alone), 'devices/s'),
          figure(`${name}, beside the one that refuses`, rate(beside), 'devices/s'),
        ];
  });
  const lastOf = (finished: Finished): number =>
    Math.max(...[...finished].filter(([vendor]) => vendor !== THROTTLING).map(([, { seconds }]) => seconds));
  const name = `six-vendors ${devices}: time of the other five beside the one that refuses`;
  return [...rates, atMost(name, lastOf(throttled), 's', lastOf(free), 1.25)];
}

async function addDevices({ client }: Scratch, { id }: BenchOrganisation, devices: number): Promise<void> {
  const makers = VENDORS.map((vendor) => SIMULATORS[vendor]?.());
  const vendors = Array.from({ length: devices }, (_, number) => VENDORS[number % VENDORS.length] as string);
  const addresses = vendors.map((_, number) => makers[number % VENDORS.length]?.address(number));
  await client.query(ADD_DEVICES, [id, vendors, addresses]);
  await client.query('VACUUM (ANALYZE) endpoint');
}

async function addAccounts(server: ServerProcess, { code }: BenchOrganisation, simulators: Simulators): Promise<void> {
  for (const vendor of VENDORS) {
    // What is measured are the adapters and the engine, and not the pace that vendors bear.
    const account = { code: vendor, vendor, settings: simulators.ready[vendor]?.settings, pace: null };
    await server.call('POST', '/api/v1/vendor-accounts', account, code);
  }
  await server.call('POST', '/api/v1/channels', { code: 'six', kind: 'push', route: VENDORS }, code);
}

/** Pushes to all devices. While `refusing`, one vendor refuses until all others are done. */
async function broadcast(
  scratch: Scratch,
  server: ServerProcess,
  { id: organisationId, key }: BenchOrganisation,
  simulators: Simulators,
  refusing: boolean,
): Promise<Finished> {
  await freshDeliveries(scratch);
  await simulators.ask({ throttledShare: { [THROTTLING]: refusing ? 1 : 0 } });
  const request = { audience: { all: true }, content: { six: { title: 'Notice', text: 'To all devices.' } } };
  const start = performance.now();
  const { id } = await server.call<{ id: string }>('POST', '/api/v1/messages', request, undefined, key);
  const finished: Finished = new Map();
  for (let lifted = !refusing; finished.size < VENDORS.length; await pause(20)) {
    server.assertRunning();
    const seconds = (performance.now() - start) / 1000;
    const { rows } = await scratch.client.query<Progress>(PROGRESS, [organisationId, id]);
    for (const { code, target, settled, sent } of rows) {
      if (finished.has(code) || settled !== target || !(await planned(scratch, organisationId, id))) continue;
      if (sent !== target) throw new Error(`${code} served ${sent} of ${target}`);
      finished.set(code, { seconds, targets: Number(target) });
    }
    if (!lifted && finished.size === VENDORS.length - 1) {
      await simulators.ask({ throttledShare: { [THROTTLING]: 0 } });
      lifted = true;
    }
    if (seconds > TROUBLE_SECONDS) throw new Error(`After ${seconds} s only ${[...finished.keys()].join()} are done`);
  }
  return finished;
}

async function planned({ client }: Scratch, organisationId: number, id: string): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>(
    'SELECT planned_at IS NOT NULL AS done FROM message WHERE organisation_id = $1 AND id = $2',
    [organisationId, id],
  );
  return rows[0]?.done === true;
}
