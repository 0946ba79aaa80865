import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often something was done lately, for limits that hold over all processes. */
export class RateWindow1764800000000 implements MigrationInterface {
  name = 'RateWindow1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE rate_window (
  organisation_id integer NOT NULL,
  name text NOT NULL,
  taken_at timestamptz[] NOT NULL,
  CONSTRAINT rate_window_pkey PRIMARY KEY (organisation_id, name),
  CONSTRAINT rate_window_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE
)`);
    await runner.query('CREATE INDEX recipient_folded_code_idx ON recipient (organisation_id, lower(code))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX recipient_folded_code_idx');
    await runner.query('DROP TABLE rate_window');
  }
}
