import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { mergeOptions } from '../channels/merge-options.js';
import { Coalescer } from '../common/coalescer.js';
import { Tenants } from '../database/tenants.js';
import type { MessageRequest } from './message-request.js';
import type { PreparedMessage } from './prepared-message.js';
import { PRIORITY_RANKS } from './priority-ranks.js';
import { INSERT_MESSAGES } from './sql/insert-message.js';

/** Messages of one statement. */
const MOST_TOGETHER = 200;

/** Everything that one row of `message` is made of. */
export interface NewMessage {
  caller: Caller;
  api: string;
  request: MessageRequest;
  prepared: PreparedMessage;
  hash: Buffer | null;
  state: 'scheduled' | 'accepted';
  now: Date;
  readyAt: Date;
}

/** Writes accepted messages; requests that come at the same time share a statement and a commit. */
@Injectable()
export class MessageWriter {
  private readonly coalescers = new Map<number, Coalescer<NewMessage, string | null>>();

  constructor(private readonly tenants: Tenants) {}

  /** Resolves after the commit with the id, or with null when the dedup key is taken. */
  write(message: NewMessage): Promise<string | null> {
    const { organisationId } = message.caller;
    let coalescer = this.coalescers.get(organisationId);
    if (coalescer === undefined) {
      coalescer = new Coalescer((messages) => this.insert(organisationId, messages), MOST_TOGETHER);
      this.coalescers.set(organisationId, coalescer);
    }
    return coalescer.add(message);
  }

  private async insert(organisationId: number, messages: NewMessage[]): Promise<(string | null)[]> {
    const rows = await this.tenants
      .of(organisationId)
      .query<{ id: string | null }>(INSERT_MESSAGES, [JSON.stringify(messages.map(row))]);
    return rows.map(({ id }) => id);
  }
}

function row(
  { caller, api, request, prepared, hash, state, now, readyAt }: NewMessage,
  n: number,
): Record<string, unknown> {
  return {
    n,
    application_id: caller.applicationId,
    api,
    state,
    priority: PRIORITY_RANKS[request.priority ?? 'normal'],
    category: request.category ?? prepared.template?.category ?? 'notice',
    correlation_id: request.correlationId,
    dedup_key: request.dedupKey,
    request_hash: hash?.toString('hex'),
    audience: prepared.audience,
    channels: prepared.channels,
    template_id: prepared.template?.templateId,
    template_version: prepared.template?.version,
    params: prepared.params ?? undefined,
    sender: request.sender,
    options: mergeOptions(prepared.template?.options ?? {}, request.options ?? {}),
    unresolved: prepared.unresolved,
    created_at: now,
    send_at: prepared.sendAt,
    expires_at: request.expiresAt,
    ready_at: readyAt,
  };
}
