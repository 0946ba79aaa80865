-- Spreads the tables of Tidings over the nodes of a Citus cluster, by organisation. Run it once on the coordinator, after
-- `npm run cli -- migrate` and with no Tidings process running: psql -v ON_ERROR_STOP=1 -f docker/citus.sql
-- docs/scaling.md says what this brings and what it does not. A test keeps it in step with the entities.
BEGIN;
SET LOCAL citus.multi_shard_modify_mode TO 'sequential';

-- Citus takes no foreign key between a table that is spread and one that is not yet, so they are put aside meanwhile.
CREATE TEMPORARY TABLE foreign_key ON COMMIT DROP AS
SELECT conrelid::regclass AS of, conname AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0;
DO $$
DECLARE link record;
BEGIN
  FOR link IN SELECT * FROM foreign_key LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', link.of, link.name);
  END LOOP;
END $$;

-- Small and known to every node: organisations are linked to by all tables, applications by credentials, which are looked up by
-- secret before the organisation is known and so cannot be spread.
SELECT create_reference_table('organisation');
SELECT create_reference_table('application');

-- Each organisation's rows of all these tables stand on one node together.
SELECT create_distributed_table('recipient', 'organisation_id');
SELECT create_distributed_table('recipient_group', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('membership', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('endpoint', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('lanying_user', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('vendor_account', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('account_pace', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('channel', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('channel_route', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('template', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('template_version', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('schedule', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('message', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('batch', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('delivery', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('message_statistic', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('daily_statistic', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('sandbox_entry', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('awaited_receipt', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('alert', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('live_connection', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('media', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('audit_entry', 'organisation_id', colocate_with => 'recipient');
SELECT create_distributed_table('rate_window', 'organisation_id', colocate_with => 'recipient');

-- Stay on the coordinator: credential, ready_work, job_run, live_process, migration.

DO $$
DECLARE link record;
BEGIN
  FOR link IN SELECT * FROM foreign_key LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', link.of, link.name, link.definition);
  END LOOP;
END $$;
COMMIT;
