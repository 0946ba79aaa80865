import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A planned batch knows whose its endpoints are, so that a worker need not send them back to record an outcome that all share. */
export class BatchRecipients1764300000000 implements MigrationInterface {
  name = 'BatchRecipients1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE batch ADD COLUMN recipient_ids bigint[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE batch DROP COLUMN recipient_ids');
  }
}
