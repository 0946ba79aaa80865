import { pause } from '../support/pause.js';
import { startProgram } from '../support/child-program.js';
import { atLeast, type BenchLine, figure, largest } from './bench-line.js';
import { makeOrganisation, startTidings } from './bench-organisation.js';
import { freshDeliveries } from './broadcast-floor.js';
import { sendToAll } from './broadcast-run.js';
import type { GatewayArgument, GatewayCount } from './programs/batch-gateway.js';

const GATEWAY = new URL('./programs/batch-gateway.js', import.meta.url);
const SIZE = 100_000;
const SECRET = 'a-secret-that-both-sides-hold';

const SENT = `
SELECT m.state = 'done' AS done, (SELECT coalesce(sum(sent), 0) FROM message_statistic s
                                   WHERE s.organisation_id = m.organisation_id AND s.message_id = m.id) AS sent
  FROM message m WHERE m.organisation_id = $1 AND m.id = $2`;

export const HTTP_VENDOR: BenchLine = {
  name: 'http-vendor',
  about: 'a broadcast over HTTP to a gateway in another process, 1000 targets a call, against the sandbox',
  run: async ({ scratch, sizes, broadcasts, log }) => {
    const size = Math.min(SIZE, largest(sizes));
    const sandbox = await broadcasts.of(size);
    const argument: GatewayArgument = { secret: SECRET };
    const gateway = await startProgram<string>(GATEWAY, argument);
    try {
      const settings = { url: gateway.ready, secret: SECRET, allowPrivateNetwork: true };
      const organisation = await makeOrganisation(scratch, 'http-vendor', size, { vendor: 'webhook', settings });
      const server = await startTidings(scratch);
      try {
        await freshDeliveries(scratch);
        log(`broadcast to ${size}`);
        const start = performance.now();
        const id = await sendToAll(server, organisation);
        let sent = 0;
        for (let done = false; !done; await pause(10)) {
          server.assertRunning();
          const { rows } = await scratch.client.query<{ done: boolean; sent: string }>(SENT, [organisation.id, id]);
          [done, sent] = [rows[0]?.done === true, Number(rows[0]?.sent)];
        }
        const seconds = (performance.now() - start) / 1000;
        const taken = (await (await fetch(gateway.ready)).json()) as GatewayCount;
        if (taken.people !== size || sent !== size)
          throw new Error(`The gateway took ${taken.people} and ${sent} were recorded as sent, of ${size}`);
        const name = `http-vendor ${size}`;
        return [
          atLeast(`${name}: rate against the sandbox`, size / seconds, 'deliveries/s', size / sandbox.seconds, null),
          figure(`${name}: targets per call`, size / taken.calls, 'targets'),
        ];
      } finally {
        await server.stop();
      }
    } finally {
      await gateway.stop();
    }
  },
};
