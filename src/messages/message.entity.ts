import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { MessageState } from './message-state.js';
import type { Unresolved } from './message-request.js';
import type { ChannelPlan, ResolvedAudience } from './resolved-message.js';
import { Application } from '../access/application.entity.js';
import { TemplateVersion } from '../templates/template-version.entity.js';

/** One accepted request. `ready_at` is when it may be planned, and while it is being planned the end of the lease. */
@Entity('message')
@Check(
  'message_state_check',
  "state IN ('scheduled', 'accepted', 'planning', 'sending', 'done', 'cancelled', 'expired')",
)
@Index('message_dedup_key', { synchronize: false })
@Index('message_correlation_idx', { synchronize: false })
@Index('message_template_idx', { synchronize: false })
@Index('message_plan_idx', { synchronize: false })
@Index('message_sending_idx', { synchronize: false })
@ForeignKey(() => Application, ['organisationId', 'applicationId'], ['organisationId', 'id'], {
  name: 'message_application_fkey',
})
@ForeignKey(
  () => TemplateVersion,
  ['organisationId', 'templateId', 'templateVersion'],
  ['organisationId', 'templateId', 'version'],
  { name: 'message_template_fkey' },
)
export class Message {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'message_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'message_pkey',
  })
  id: string;

  @Column({ type: 'integer', nullable: true })
  applicationId: number | null;

  @Column({ type: 'text' })
  api: string;

  @Column({ type: 'text' })
  state: MessageState;

  @Column({ type: 'smallint' })
  priority: number;

  @Column({ type: 'text' })
  category: string;

  @Column({ type: 'text', nullable: true })
  correlationId: string | null;

  @Column({ type: 'text', nullable: true })
  dedupKey: string | null;

  @Column({ type: 'bytea', nullable: true })
  requestHash: Buffer | null;

  @Column({ type: 'jsonb' })
  audience: ResolvedAudience;

  @Column({ type: 'jsonb' })
  channels: ChannelPlan[];

  @Column({ type: 'integer', nullable: true })
  templateId: number | null;

  @Column({ type: 'integer', nullable: true })
  templateVersion: number | null;

  @Column({ type: 'jsonb', nullable: true })
  params: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  sender: { code?: string; name?: string } | null;

  @Column({ type: 'jsonb' })
  options: Record<string, unknown>;

  @Column({ type: 'jsonb' })
  unresolved: Unresolved;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sendAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz' })
  readyAt: Date;

  @Column({ type: 'uuid', nullable: true })
  lease: string | null;

  @Column({ type: 'date', nullable: true })
  day: string | null;

  @Column({ type: 'bigint', nullable: true })
  planCursor: string | null;

  @Column({ type: 'integer' })
  openBatches: number;

  @Column({ type: 'timestamptz', nullable: true })
  plannedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
