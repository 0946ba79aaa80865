import { Injectable } from '@nestjs/common';
import { groupBy } from '../../common/group-by.js';
import { InvalidRequest } from '../../common/problem.js';
import { Statistics } from '../../deliveries/statistics.js';
import type { LanyingApplication } from './lanying-access.js';
import { LanyingFault } from './lanying-fault.js';
import { PushAccounts } from './push-accounts.js';
import { type TaskDetail, toTaskDetail, wireChannels } from './task-counters.js';
import { isUserId as isId, MOST_TARGETS } from './wire-audience.js';
import { WireFields } from './wire-fields.js';

const LONGEST_ID = 20;

/** 查询推送统计结果. */
@Injectable()
export class LanyingTasks {
  constructor(
    private readonly statistics: Statistics,
    private readonly accounts: PushAccounts,
  ) {}

  /** In the order asked for, each task once; those that are not this application's are left out. */
  async details({ caller, settings }: LanyingApplication, body: unknown): Promise<TaskDetail[]> {
    const ids = readTaskIds(body);
    if (ids.length === 0) return [];
    const channels = wireChannels(await this.accounts.list(caller.organisationId), settings.liveAccount);
    const found = groupBy(await this.statistics.ofMessages(caller, ids), ({ messageId }) => messageId);
    return ids.flatMap((id) => {
      const counters = found.get(id);
      return counters === undefined ? [] : [toTaskDetail(id, counters, channels)];
    });
  }
}

/** @throws InvalidRequest, LanyingFault 12005 above 500 tasks */
export function readTaskIds(body: unknown): string[] {
  const ids = WireFields.from(body).list('list', LONGEST_ID);
  if (ids === undefined) throw InvalidRequest.at('list', 'is required');
  const wrong = ids.findIndex((id) => !isId(id));
  if (wrong >= 0) throw InvalidRequest.at(`list[${wrong}]`, 'must be a task id, a whole number above 0');
  if (ids.length > MOST_TARGETS) throw new LanyingFault(12005);
  return ids;
}
