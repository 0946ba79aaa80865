import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { Tenants } from '../database/tenants.js';
import type { MessageState } from './message-state.js';

/** A message as far as it has come. */
export interface CorrelatedMessage {
  id: string;
  state: MessageState;
  createdAt: Date;
  target: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  unknown: number;
}

const FIND = `
SELECT m.id, m.state, m.created_at AS "createdAt", s.*
  FROM message m
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(target), 0)::float8 AS target, coalesce(sum(sent), 0)::float8 AS sent,
              coalesce(sum(delivered), 0)::float8 AS delivered, coalesce(sum(read), 0)::float8 AS read,
              coalesce(sum(failed), 0)::float8 AS failed, coalesce(sum(unknown), 0)::float8 AS unknown
         FROM message_statistic t WHERE t.organisation_id = $1 AND t.message_id = m.id) s
 WHERE m.organisation_id = $1 AND m.correlation_id = $2
   AND ($3::int IS NULL OR m.application_id = $3)
   AND ($4::bigint IS NULL OR m.id < $4)
 ORDER BY m.id DESC
 LIMIT $5`;

/** Finds messages by the id that their sender gave them, which any number of messages may share. */
@Injectable()
export class MessagesByCorrelation {
  constructor(private readonly tenants: Tenants) {}

  /** Newest first, at most `limit`, older than the message `beforeId`. An application finds only its own. */
  find(
    { organisationId, applicationId }: Caller,
    correlationId: string,
    { limit, beforeId }: { limit: number; beforeId?: string },
  ): Promise<CorrelatedMessage[]> {
    return this.tenants
      .of(organisationId)
      .query<CorrelatedMessage>(FIND, [correlationId, applicationId, beforeId ?? null, limit]);
  }
}
