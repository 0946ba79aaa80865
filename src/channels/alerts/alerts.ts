import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Tenants } from '../../database/tenants.js';
import type { AlertKind } from './alert.entity.js';

/** What befell an account. */
export interface RaisedAlert {
  organisationId: number;
  vendorAccountId: number;
  kind: AlertKind;
  code: string;
  detail: string;
}

/** An alert with its account's code. */
export interface ListedAlert {
  id: string;
  at: Date;
  kind: AlertKind;
  vendorAccount: string;
  code: string;
  detail: string;
}

const LONGEST_DETAIL = 500;
const KEPT_MILLISECONDS = 90 * 86_400_000;
/** An account that stays in the same trouble is told of again so much later. */
const AGAIN = '1 hour';

const RAISE = `
INSERT INTO alert (organisation_id, at, kind, vendor_account_id, code, detail)
SELECT $1::int, $2::timestamptz, $3::text, $4::int, $5::text, $6::text
 WHERE EXISTS (SELECT FROM vendor_account WHERE organisation_id = $1 AND id = $4)
   AND NOT EXISTS (
       SELECT FROM (SELECT kind, code, at FROM alert WHERE organisation_id = $1 AND vendor_account_id = $4 ORDER BY id DESC LIMIT 1) last
        WHERE last.kind = $3 AND last.code = $5 AND last.at > $2::timestamptz - interval '${AGAIN}')
RETURNING id`;

const NEWEST = `
SELECT a.id, a.at, a.kind, v.code AS "vendorAccount", a.code, a.detail
  FROM alert a JOIN vendor_account v ON v.organisation_id = $1 AND v.id = a.vendor_account_id
 WHERE a.organisation_id = $1 AND ($2::bigint IS NULL OR a.id < $2) AND ($3::text IS NULL OR v.code = $3)
   AND ($4::text IS NULL OR a.kind = $4)
 ORDER BY a.id DESC LIMIT $5`;

/** Tells people of vendor accounts that need them. */
@Injectable()
export class Alerts {
  private readonly logger = new Logger(Alerts.name);

  constructor(
    private readonly tenants: Tenants,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Never fails: what it tells of matters less than what its caller is about. */
  async raise({ organisationId, vendorAccountId, kind, code, detail }: RaisedAlert): Promise<void> {
    const values = [this.clock.now(), kind, vendorAccountId, code, detail.slice(0, LONGEST_DETAIL)];
    try {
      await this.tenants.of(organisationId).query(RAISE, values);
    } catch (error) {
      this.logger.warn(`An alert could not be kept (${kind}, ${code}): ${String(error)}`);
    }
  }

  /** Newest first, one more than the page holds. */
  list(
    organisationId: number,
    {
      before,
      vendorAccount,
      kind,
      limit,
    }: { before?: string; vendorAccount?: string; kind?: AlertKind; limit: number },
  ): Promise<ListedAlert[]> {
    const values = [before ?? null, vendorAccount ?? null, kind ?? null, limit + 1];
    return this.tenants.of(organisationId).query<ListedAlert>(NEWEST, values);
  }

  /** Forgets alerts of 90 days ago. */
  async trim(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MILLISECONDS);
    await this.dataSource.query('DELETE FROM alert WHERE at < $1', [before]);
  }
}
