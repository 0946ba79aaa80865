/** What each wire can say of a concept; a dash: nothing, so Tidings takes its default. */
export const WIRE_LIMITS: readonly (readonly [
  concept: string,
  mobileark: string,
  mediway: string,
  workplus: string,
  lanying: string,
])[] = [
  ['everyone', 'type 16 with both lists empty', '`receiverType` `all`', '`for_all` with all lists empty', '`"all"`'],
  [
    'several selectors',
    'users and departments',
    'users, departments, posts, roles',
    'clients, users, scopes',
    'one at a time',
  ],
  ['a channel’s own words', 'one method a channel', '`channelData`', '–', '–'],
  ['template', '–', '`templateCode`, and the vendor’s own', '`template_id`', '–'],
  ['priority', '–', 'two scales', '–', '–'],
  ['send later', '–', '`sendTime`', '–', '–'],
  ['show from, until', '–', '–', '–', '`show_begin_time`, `show_end_time`'],
  ['deduplication', '–', '–', '–', '`request_id`'],
  ['correlation', '–', '`businessId`', 'id of the plan', 'id of the task'],
  ['choice of devices', 'type 17: the latest', '–', '`platforms`', '–'],
  ['partial failure', '`failloginid`, `faildepid`', '–', '`fails`', 'counters'],
  ['statistics', '–', 'extension', 'extension', '`task/detail`'],
  ['exclusions, expiry, cancelling', '–', '–', '–', '–'],
];
