import { Client } from 'pg';
import { seedPeople } from '../support/seed-people.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { Crew } from './crew.js';

export const ORGANISATION = 'chaos';
/** Channels by code; each has a vendor account of the same code. */
export const CHANNELS = { resend: 'resend', hold: 'hold', urgent: 'resend' } as const;
export type ChannelCode = keyof typeof CHANNELS;

/** A stalled vendor is given up after this long. */
const TIMEOUT_SECONDS = 4;

/** Sets up an organisation with people, the three channels and their accounts with the counting vendor. */
export async function setUp(
  database: ChaosDatabase,
  crew: Crew,
  { vendorUrl, secret, people }: { vendorUrl: string; secret: string; people: number },
): Promise<void> {
  const { id } = await crew.call<{ id: string }>('POST', 'organisations', { code: ORGANISATION, name: 'Chaos' });
  for (const [code, unknownPolicy] of Object.entries(CHANNELS)) {
    const settings = {
      url: `${vendorUrl}/${code}`,
      secret,
      timeoutSeconds: TIMEOUT_SECONDS,
      allowPrivateNetwork: true,
    };
    await crew.call('POST', 'vendor-accounts', { code, name: code, vendor: 'webhook', settings }, ORGANISATION);
    const channel = { code, name: code, kind: 'sms', unknownPolicy, route: [code] };
    await crew.call('POST', 'channels', channel, ORGANISATION);
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await seedPeople(client, Number(id), people);
  await client.end();
  for (const channel of ['resend', 'hold'] as const) {
    await crew.call('POST', 'schedules', everyFiveSeconds(channel), ORGANISATION);
  }
}

/** People that a run of the schedule and a timed message go to. */
export const FEW = ['P1', 'P2', 'P3', 'P4', 'P5'];
export const SLOT_MILLISECONDS = 5_000;

function everyFiveSeconds(channel: ChannelCode): object {
  return {
    code: `every-five-seconds-${channel}`,
    name: 'Every five seconds',
    cron: '*/5 * * * * *',
    request: { audience: { users: FEW }, content: { [channel]: { text: 'tick' } } },
  };
}
