import { Entity, PrimaryColumn } from 'typeorm';

/** One run of a recurring job: whoever inserts the row runs it, every other process skips the slot. */
@Entity('job_run')
export class JobRun {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'job_run_pkey' })
  job: string;

  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'job_run_pkey' })
  slot: Date;
}
