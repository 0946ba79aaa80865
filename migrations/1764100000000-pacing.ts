import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an account may send at most, where its pace stands, and how often in a row its calls failed. */
export class Pacing1764100000000 implements MigrationInterface {
  name = 'Pacing1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
ALTER TABLE vendor_account
  ADD COLUMN pace jsonb,
  ADD COLUMN failures smallint NOT NULL DEFAULT 0,
  ADD COLUMN openings smallint NOT NULL DEFAULT 0,
  ADD COLUMN probe_until timestamptz;

-- One row an account, written before every paced call; the free space keeps these updates on their page.
CREATE TABLE account_pace (
  organisation_id integer NOT NULL,
  vendor_account_id integer NOT NULL,
  free_at timestamptz NOT NULL,
  urgent_free_at timestamptz NOT NULL,
  line_at timestamptz NOT NULL,
  urgent_line_at timestamptz NOT NULL,
  day date NOT NULL,
  used integer NOT NULL,
  factor real NOT NULL,
  recovers_from timestamptz NOT NULL,
  CONSTRAINT account_pace_pkey PRIMARY KEY (organisation_id, vendor_account_id),
  CONSTRAINT account_pace_account_fkey FOREIGN KEY (organisation_id, vendor_account_id)
    REFERENCES vendor_account (organisation_id, id) ON DELETE CASCADE
) WITH (fillfactor = 50);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
DROP TABLE account_pace;
ALTER TABLE vendor_account DROP COLUMN pace, DROP COLUMN failures, DROP COLUMN openings, DROP COLUMN probe_until;`);
  }
}
