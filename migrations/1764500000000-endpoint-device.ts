import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A device keeps its own id while vendors give it one token after the other; its live connection is known by it. */
export class EndpointDevice1764500000000 implements MigrationInterface {
  name = 'EndpointDevice1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE endpoint ADD COLUMN device text');
    await runner.query(
      'CREATE UNIQUE INDEX endpoint_device_id_key ON endpoint (organisation_id, device) WHERE device IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX endpoint_device_id_key');
    await runner.query('ALTER TABLE endpoint DROP COLUMN device');
  }
}
