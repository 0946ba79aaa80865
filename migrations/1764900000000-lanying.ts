import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in to the Lanying API, and what they set there. */
export class Lanying1764900000000 implements MigrationInterface {
  name = 'Lanying1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE lanying_user (
  organisation_id integer NOT NULL,
  recipient_id bigint NOT NULL,
  password_hash text,
  alias text,
  no_push boolean NOT NULL DEFAULT false,
  no_push_detail boolean NOT NULL DEFAULT false,
  no_push_start_hour smallint,
  no_push_end_hour smallint,
  badge integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT lanying_user_pkey PRIMARY KEY (organisation_id, recipient_id),
  CONSTRAINT lanying_user_start_check CHECK (no_push_start_hour BETWEEN 0 AND 23),
  CONSTRAINT lanying_user_end_check CHECK (no_push_end_hour BETWEEN 0 AND 23),
  CONSTRAINT lanying_user_recipient_fkey FOREIGN KEY (organisation_id, recipient_id)
    REFERENCES recipient (organisation_id, id) ON DELETE CASCADE
)`);
    await runner.query(
      'CREATE INDEX lanying_user_alias_idx ON lanying_user (organisation_id, alias) WHERE alias IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lanying_user');
  }
}
