import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message may name endpoints by alias; most endpoints have none. */
export class EndpointAlias1764400000000 implements MigrationInterface {
  name = 'EndpointAlias1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX endpoint_alias_idx ON endpoint (organisation_id, alias) WHERE alias IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX endpoint_alias_idx');
  }
}
