import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import { type SandboxEntry, SandboxJournal } from '../vendors/sandbox/sandbox-journal.js';

const MOST_ENTRIES = 20_000;
const LONGEST_MILLISECONDS = 30 * 24 * 3600 * 1000;

const APPEND = `
  INSERT INTO sandbox_entry (organisation_id, vendor_account_id, at, attempt, content, targets)
  VALUES ($1, $2, $3, $4, $5, $6)`;

const TRIM = `
  DELETE FROM sandbox_entry e
   USING (SELECT organisation_id, id, row_number() OVER (PARTITION BY organisation_id ORDER BY id DESC) AS place
            FROM sandbox_entry) s
   WHERE e.organisation_id = s.organisation_id AND e.id = s.id AND (e.at < $1 OR s.place > $2)`;

/** Keeps the sandbox's calls in the database: one row per call, however many people it went to. */
@Injectable()
export class DatabaseSandboxJournal extends SandboxJournal {
  constructor(
    private readonly tenants: Tenants,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  async append({ organisationId, vendorAccountId, attempt, content, targets }: SandboxEntry): Promise<void> {
    const values = [vendorAccountId, this.clock.now(), attempt, JSON.stringify(content), JSON.stringify(targets)];
    await this.tenants.of(organisationId).query(APPEND, values);
  }

  /** Forgets, in every organisation, what is older than 30 days or beyond its newest 20 000 calls. Returns how many calls. */
  async trim(mostEntries = MOST_ENTRIES): Promise<number> {
    const oldest = new Date(this.clock.now().getTime() - LONGEST_MILLISECONDS);
    const [, deleted]: [unknown, number] = await this.dataSource.query(TRIM, [oldest, mostEntries]);
    return deleted;
  }
}
