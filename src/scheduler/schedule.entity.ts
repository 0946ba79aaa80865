import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Application } from '../access/application.entity.js';
import type { ScheduledRequest } from './scheduled-request.js';

/** A recurring message: each run accepts one message made from the request. */
@Entity('schedule')
@Unique('schedule_code_key', ['organisationId', 'code'])
@Check('schedule_missed_run_check', "missed_run IN ('fire', 'skip')")
@Check('schedule_state_check', "state IN ('active', 'paused')")
@Index('schedule_due_idx', { synchronize: false })
@ForeignKey(() => Application, ['organisationId', 'applicationId'], ['organisationId', 'id'], {
  name: 'schedule_application_fkey',
  onDelete: 'CASCADE',
})
export class Schedule {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'schedule_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'schedule_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'integer', nullable: true })
  applicationId: number | null;

  @Column({ type: 'text' })
  cron: string;

  @Column({ type: 'text' })
  timeZone: string;

  @Column({ type: 'text' })
  missedRun: 'fire' | 'skip';

  @Column({ type: 'text' })
  state: 'active' | 'paused';

  @Column({ type: 'jsonb' })
  request: ScheduledRequest;

  @Column({ type: 'timestamptz', nullable: true })
  nextAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  lastMessageId: string | null;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
