import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { Clock } from '../../common/clock.js';
import { Conflict, InvalidRequest, NotFound } from '../../common/problem.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import { Tenants } from '../../database/tenants.js';
import type { MessageState } from '../message-state.js';
import { ReadyWork } from '../ready-work.js';
import { WorkSignal } from '../work-signal.js';
import { checkedMessageId } from './message-reader.js';
import { sendAtFault } from './send-at-fault.js';
import { CANCEL_MESSAGE, COUNT_UNSENT, LOCK_MESSAGE, RESCHEDULE_MESSAGE } from './sql/cancel-message.js';

interface LockedMessage {
  id: string;
  state: MessageState;
  sendAt: Date | null;
  expiresAt: Date | null;
}

export interface NewTime {
  sendAt: Date;
  /** Null: none; undefined: as before. */
  expiresAt?: Date | null;
}

/** Stops messages, and moves those that have not begun. */
@Injectable()
export class MessageChanges {
  constructor(
    private readonly tenants: Tenants,
    private readonly readyWork: ReadyWork,
    private readonly signal: WorkSignal,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends nothing more of a message; what is with a vendor at this moment is still recorded. Again on a cancelled one it changes nothing.
   * @returns how many planned endpoints are not sent to
   */
  cancel(caller: Caller, id: string): Promise<number> {
    return this.tenants.transaction(caller.organisationId, async (scope) => {
      const message = await lock(scope, caller, id);
      if (message.state === 'done' || message.state === 'expired') {
        throw new Conflict('message_finished', `Message ${id} is ${message.state} already.`);
      }
      const rows =
        message.state === 'cancelled'
          ? await scope.query<{ unsent: number }>(COUNT_UNSENT, [id])
          : await scope.query<{ unsent: number }>(CANCEL_MESSAGE, [id, this.clock.now()]);
      return rows[0]?.unsent ?? 0;
    });
  }

  /** Gives a message that waits for its time another one. */
  async reschedule(caller: Caller, id: string, time: NewTime): Promise<void> {
    const now = this.clock.now();
    if (time.sendAt <= now) throw InvalidRequest.at('sendAt', 'must be in the future');
    const faults = sendAtFault(time.sendAt, now);
    if (faults.length > 0) throw new InvalidRequest(faults);
    await this.readyWork.mark(caller.organisationId, time.sendAt);
    await this.tenants.transaction(caller.organisationId, async (scope) => {
      const message = await lock(scope, caller, id);
      if (message.state !== 'scheduled') {
        throw new Conflict(
          'message_started',
          `Message ${id} is ${message.state}; only a scheduled one has a time to change.`,
        );
      }
      const expiresAt = time.expiresAt === undefined ? message.expiresAt : time.expiresAt;
      if (expiresAt !== null && expiresAt <= time.sendAt) {
        throw InvalidRequest.at('expiresAt', `must be after sendAt, but is ${expiresAt.toISOString()}`);
      }
      await scope.query(RESCHEDULE_MESSAGE, [id, time.sendAt, expiresAt]);
    });
    this.signal.notify('plan', true);
  }
}

async function lock(scope: TenantScope, { applicationId }: Caller, id: string): Promise<LockedMessage> {
  const rows = await scope.query<LockedMessage>(LOCK_MESSAGE, [applicationId, checkedMessageId(id)]);
  if (rows[0] === undefined) throw new NotFound('message', id);
  return rows[0];
}
