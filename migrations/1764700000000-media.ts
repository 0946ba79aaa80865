import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the files kept on disk are; their bytes stand under DATA_DIR. */
export class Media1764700000000 implements MigrationInterface {
  name = 'Media1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE media (
        organisation_id integer NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        content_type text NOT NULL,
        image boolean NOT NULL,
        size integer NOT NULL,
        digest text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT media_pkey PRIMARY KEY (organisation_id, id),
        CONSTRAINT media_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id)
      )`);
    await runner.query('CREATE INDEX media_digest_idx ON media (organisation_id, digest)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE media');
  }
}
