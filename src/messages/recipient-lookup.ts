import { Injectable } from '@nestjs/common';
import { Coalescer } from '../common/coalescer.js';
import { prepared } from '../database/prepared.js';
import { Tenants } from '../database/tenants.js';

/** Requests whose people are looked up in one query. */
const MOST_TOGETHER = 200;

const FIND_RECIPIENTS = prepared(
  'find-recipients',
  'SELECT id, code FROM recipient WHERE organisation_id = $1 AND code = ANY ($2::text[])',
);

/** Finds people by code for many requests at once. */
@Injectable()
export class RecipientLookup {
  private readonly coalescers = new Map<number, Coalescer<string[], ReadonlyMap<string, string>>>();

  constructor(private readonly tenants: Tenants) {}

  /** Ids by code, of those that exist; the map may hold others' codes as well. */
  find(organisationId: number, codes: string[]): Promise<ReadonlyMap<string, string>> {
    if (codes.length === 0) return Promise.resolve(new Map());
    let coalescer = this.coalescers.get(organisationId);
    if (coalescer === undefined) {
      coalescer = new Coalescer((requests) => this.query(organisationId, requests), MOST_TOGETHER);
      this.coalescers.set(organisationId, coalescer);
    }
    return coalescer.add(codes);
  }

  private async query(organisationId: number, requests: string[][]): Promise<ReadonlyMap<string, string>[]> {
    const rows = await this.tenants
      .of(organisationId)
      .query<{ id: string; code: string }>(FIND_RECIPIENTS, [[...new Set(requests.flat())]]);
    const found = new Map(rows.map(({ id, code }) => [code, id]));
    return requests.map(() => found);
  }
}
