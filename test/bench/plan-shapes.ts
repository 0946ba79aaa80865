import { POPULATION } from './plan-population.js';

/** An audience whose planning is looked at. */
export interface PlanShape {
  name: string;
  audience: Record<string, unknown>;
  /** The channel that it is sent on; `sms` unless told. */
  channel?: 'sms' | 'push';
  /** Its plan stands on the page in full. */
  full?: boolean;
}

const NAMED = 5_000;
const ADDRESSES = 1_000;

const list = (count: number, of: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(index));
/** Spread over everyone, as chance would have it. */
const users = (people: number, count: number): string[] => list(count, (n) => `P${1 + ((n * 7_919) % people)}`);
const known = (n: number): string => `1${3_000_000_001 + n}`;
const unknown = (n: number): string => `1${8_000_000_001 + n}`;

/** Every kind of selector that an audience can name, small and large, and their union. */
export const planShapes = (people: number, endpointIds: string[]): PlanShape[] => [
  { name: 'everyone', audience: { all: true }, full: true },
  { name: 'everyone but a tag of a tenth', audience: { all: true, exclude: { tags: ['T'] } }, full: true },
  { name: `everyone but ${NAMED} named people`, audience: { all: true, exclude: { users: users(people, NAMED) } } },
  { name: 'one named person', audience: { users: users(people, 1) } },
  { name: `${NAMED} named people`, audience: { users: users(people, NAMED) }, full: true },
  { name: 'the root department: everyone below it', audience: { departments: ['ROOT'] }, full: true },
  { name: 'a department with a tenth of all, in ten below it', audience: { departments: ['B3'] } },
  { name: 'a department with a hundredth of all', audience: { departments: ['L7'] } },
  { name: 'a scope: the path to a tenth of all', audience: { scopes: ['/ROOT/B3/'] } },
  { name: 'a post with a fiftieth of all', audience: { posts: ['P7'] } },
  { name: 'a role with a fifth of all', audience: { roles: ['R'] } },
  { name: 'a tag of everyone', audience: { tags: ['all'] } },
  { name: `a tag of ${POPULATION.rare}`, audience: { tags: ['rare'] } },
  {
    name: 'a union of all of these, less a tag',
    audience: {
      users: users(people, 100),
      departments: ['B3'],
      posts: ['P7'],
      roles: ['R'],
      tags: ['all'],
      exclude: { users: users(people, 10), tags: ['T'] },
    },
  },
  { name: `an alias of ${POPULATION.aliased} devices`, audience: { aliases: ['kiosk'] }, channel: 'push' },
  {
    name: 'devices of everyone on one platform',
    audience: { all: true, devices: { platforms: ['ios'] } },
    channel: 'push',
  },
  {
    name: 'the latest device of everyone',
    audience: { all: true, devices: { latestOnly: true } },
    channel: 'push',
    full: true,
  },
  { name: `${endpointIds.length} endpoints`, audience: { endpoints: endpointIds } },
  {
    name: `${2 * ADDRESSES} raw addresses, half of them unknown`,
    audience: { addresses: { sms: [...list(ADDRESSES, known), ...list(ADDRESSES, unknown)] } },
  },
];
