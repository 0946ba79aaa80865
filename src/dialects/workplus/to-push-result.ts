import type { ClientIdHolder } from '../../recipients/client-ids.js';
import { materialId } from './ids.js';
import type { WorkPlusPushResultDto, WorkPlusPushStateDto } from './mbox-reply.dto.js';
import type { WirePeople } from './people.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** The document's only sample expects a push to be through half an hour after it was made. */
const EXPECTED_MILLISECONDS = 30 * 60 * 1000;

interface Pushed {
  by: WorkPlusCaller;
  planId: string;
  now: Date;
  people: WirePeople;
  holders: ReadonlyMap<string, ClientIdHolder>;
  /** People it reaches now. */
  expects: number;
  /** Names that are nobody's. */
  fails: number;
}

/** What a push is answered with, its fields in the order of the sample. */
export function toPushResult({ by, planId, now, people, holders, expects, fails }: Pushed): WorkPlusPushResultDto {
  const { clientIds, scopes } = people;
  return {
    ...identity(by, planId),
    expects,
    fails,
    oks: 0,
    create_time: now.getTime(),
    refresh_time: 0,
    expect_time: now.getTime() + EXPECTED_MILLISECONDS,
    scopes,
    client_ids: clientIds.map((id) => `${holders.get(id)?.departmentPath ?? ''}${id}`),
  };
}

/** How far a message has come. */
export interface Progress {
  createdAt: Date;
  finishedAt: Date | null;
  state: string;
  target: number;
  sent: number;
  read: number;
  failed: number;
  unknown: number;
  /** Names that were nobody's. */
  unresolved: number;
}

/** How far a push has come; the counts are those of its deliveries now. */
export function toPushState(by: WorkPlusCaller, planId: string, progress: Progress): WorkPlusPushStateDto {
  const { createdAt, finishedAt, state, target, sent, read, failed, unknown, unresolved } = progress;
  return {
    ...identity(by, planId),
    expects: target,
    fails: failed + unknown + unresolved,
    oks: sent,
    reads: read,
    state,
    create_time: createdAt.getTime(),
    refresh_time: finishedAt?.getTime() ?? 0,
    expect_time: createdAt.getTime() + EXPECTED_MILLISECONDS,
  };
}

const identity = ({ appId, settings }: WorkPlusCaller, planId: string) => ({
  domain_id: settings.domainId,
  org_id: settings.orgId,
  id: planId,
  app_id: appId,
  material_id: materialId(planId),
});
