import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
ALTER TABLE channel ADD COLUMN unknown_after_hours integer,
  ADD CONSTRAINT channel_unknown_after_hours_check CHECK (unknown_after_hours BETWEEN 1 AND 2160);
UPDATE channel SET unknown_after_hours = 72 WHERE unknown_policy = 'hold';
`;

/** After how long a delivery of which nobody knows counts as failed. */
export class UnknownDeadline1764200000000 implements MigrationInterface {
  name = 'UnknownDeadline1764200000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE channel DROP COLUMN unknown_after_hours');
  }
}
