import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { NotFound } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import type { Unresolved } from '../message-request.js';
import type { MessageState } from '../message-state.js';
import type { ChannelPlan, ResolvedAudience } from '../resolved-message.js';
import { LIST_MESSAGES, READ_MESSAGE } from './sql/read-messages.js';

export interface MessageCounts {
  target: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  unknown: number;
}

/** A message as lists need it. */
export interface MessageSummary extends MessageCounts {
  id: string;
  state: MessageState;
  api: string;
  application: string | null;
  priority: number;
  category: string;
  correlationId: string | null;
  dedupKey: string | null;
  templateCode: string | null;
  templateVersion: number | null;
  sendAt: Date | null;
  expiresAt: Date | null;
  createdAt: Date;
  plannedAt: Date | null;
  finishedAt: Date | null;
  channelIds: number[];
}

/** A message with all that is stored of it. */
export interface StoredMessage extends MessageSummary {
  audience: ResolvedAudience;
  channels: ChannelPlan[];
  params: Record<string, unknown> | null;
  unresolved: Unresolved;
  /** Partition of its deliveries; null before planning. */
  day: string | null;
}

export interface MessageFilter {
  limit: number;
  beforeId?: string;
  state?: MessageState;
  correlationId?: string;
  application?: string;
  template?: string;
  from?: Date;
  to?: Date;
}

/** Reads messages. An application finds its own only; all others are to it as if they were not there. */
@Injectable()
export class MessageReader {
  constructor(private readonly tenants: Tenants) {}

  /** @throws NotFound */
  async get({ organisationId, applicationId }: Caller, id: string): Promise<StoredMessage> {
    const rows = await this.tenants
      .of(organisationId)
      .query<StoredMessage>(READ_MESSAGE, [applicationId, checkedMessageId(id)]);
    if (rows[0] === undefined) throw new NotFound('message', id);
    return rows[0];
  }

  /** One message more than `limit` when there are more. */
  list({ organisationId, applicationId }: Caller, filter: MessageFilter): Promise<MessageSummary[]> {
    const { limit, beforeId, state, correlationId, application, template, from, to } = filter;
    return this.tenants
      .of(organisationId)
      .query<MessageSummary>(LIST_MESSAGES, [
        applicationId,
        beforeId ?? null,
        state ?? null,
        correlationId ?? null,
        application ?? null,
        template ?? null,
        from ?? null,
        to ?? null,
        limit + 1,
      ]);
  }
}

/** @throws NotFound for what can be no message's id */
export function checkedMessageId(text: string): string {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new NotFound('message', text.slice(0, 40));
  return text;
}
