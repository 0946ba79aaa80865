import type { H2Simulator, SeenStream } from './h2-simulator.js';

/** The name under which pushes carry the tag of their message here. */
const TAG_KEY = 'tidings';
const COLLECT_MILLISECONDS = 20;

interface Confirmation {
  tag: unknown;
  address: unknown;
  status: 'delivered';
}

/** By vendor: which push came to which device, as the app sees it. */
const READERS: Readonly<Record<string, (request: SeenStream) => Omit<Confirmation, 'status'>>> = {
  apns: ({ path, body }) => ({
    tag: (JSON.parse(body) as Record<string, unknown>)[TAG_KEY],
    address: path.split('/').at(-1),
  }),
  fcm: ({ body }) => {
    const { message } = JSON.parse(body) as { message: { token: string; data?: Record<string, unknown> } };
    return { tag: message.data?.[TAG_KEY], address: message.token };
  },
};

/** Has the apps on a simulator's devices confirm what they get, as a server behind them would: by receipts in Tidings' own shape. */
export function confirmPushes(simulator: H2Simulator, receiptUrl: string): void {
  const read = READERS[simulator.vendor];
  if (read === undefined) return;
  let collected: Confirmation[] = [];
  const post = (): void => {
    const body = JSON.stringify({ receipts: collected });
    collected = [];
    fetch(receiptUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
  };
  simulator.onPush = (request) => {
    const confirmation = { ...read(request), status: 'delivered' } as const;
    if (confirmation.tag === undefined) return;
    collected.push(confirmation);
    if (collected.length === 1) setTimeout(post, COLLECT_MILLISECONDS);
  };
}
