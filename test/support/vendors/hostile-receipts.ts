/** What stands where something else is expected. */
const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  8_640_000_000_000_000,
  8_640_000_000_000_001,
  '',
  ' ',
  'x',
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  'Infinity',
  '275760-09-13 00:00:00',
  [],
  [null],
  [[['x']]],
  {},
  { toString: 1, valueOf: 1 },
  { __proto__: null, length: 1e9 },
  'long'.repeat(500),
];

/** An entry that every vendor takes for a receipt: each knows some of its fields. */
const ENTRY: Readonly<Record<string, unknown>> = {
  param: '16-1',
  type: 1,
  targets: 'device',
  timestamp: 1_790_000_000_000,
  ackTime: 1_790_000_000_000,
  ackType: '0',
  eventType: 'push_arrive',
  eventTime: 1_790_000_000_000,
  biTag: '16-1',
  token: 'device',
  status: 0,
  phone_number: '13800000001',
  out_id: '16-1-1',
  success: true,
  err_code: 'DELIVERED',
  report_time: '2026-12-01 09:00:00',
  sid: '5000:1',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  user_receive_time: '2026-12-01 09:00:00',
};

const MANY = 100_000;

/** How vendors hand their entries over: in a list, by message, as `statuses`, or alone. */
const frames = (entry: unknown): unknown[] => [[entry], { 'm-1': entry }, { statuses: [entry] }, entry];

/** How they write it: as JSON, or in a field of a form. */
const spellings = (json: string): string[] => [
  json,
  ...['data', 'cb'].map((field) => new URLSearchParams({ [field]: json }).toString()),
];

const bodiesOf = (entry: unknown): string[] => frames(entry).flatMap((frame) => spellings(JSON.stringify(frame) ?? ''));

/** Bodies with one good receipt, whosever. */
export const goodBodies = (): string[] => bodiesOf(ENTRY);

/** Bodies that no vendor sends: each value in the place of each field, of an entry and of the whole. */
export function* hostileBodies(): Generator<string> {
  for (const value of STRANGE_VALUES) {
    yield* spellings(JSON.stringify(value));
    yield* bodiesOf(value);
    yield* bodiesOf({ ...ENTRY, deliveryStatus: { result: value, timestamp: value } });
    for (const name of [...Object.keys(ENTRY), 'deliveryStatus']) yield* bodiesOf({ ...ENTRY, [name]: value });
  }
  yield* TEXTS;
}

/** Bodies that take long to read for whoever reads them badly. */
export function* largeBodies(): Generator<string> {
  const entry = { param: '16-1', type: 1, targets: 'a', biTag: '16-1', token: 'a', status: 0, out_id: '16-1-1' };
  for (const one of [null, entry]) {
    const list = Array.from({ length: MANY }, () => one);
    yield JSON.stringify(list);
    yield JSON.stringify({ statuses: list });
    yield* spellings(JSON.stringify(Object.fromEntries(list.entries())));
  }
  yield* spellings(`${'['.repeat(MANY)}${']'.repeat(MANY)}`);
  yield* spellings(JSON.stringify({ m: { param: '16-1', type: 1, targets: ','.repeat(10 * MANY) } }));
  yield `From: a@b\nContent-Type: multipart/report; boundary=x\n\n${'--x\n'.repeat(MANY)}`;
  yield `From: a@b\n\nHi. This is the ${' '.repeat(10 * MANY)}5.1.1`;
  yield `From: ${'<'.repeat(10 * MANY)}\n\n`;
}

const TEXTS: readonly string[] = [
  '',
  'nonsense',
  '\0',
  '{',
  '[',
  '"',
  'data',
  'data=%',
  'cb=%E0%A4%A',
  'data=&data={}',
  '%00=%00',
  '<xml><a/></xml>',
  'From: a@b\n\n',
  'From: a@b\nContent-Type: multipart/report; boundary="\n\n--',
  'From: a@b\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed\n--x--',
  'From: a@b\nDate: +275761-01-01\nX-Failed-Recipients: a@b\n\n550 5.1.1',
];
