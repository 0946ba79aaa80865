import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { Message } from './message.entity.js';

/** The unit of work: endpoints of one message on one channel and vendor account. `ready_at` is when it may be claimed; while it is being sent, the end of the lease. */
@Entity('batch')
@Index('batch_ready_idx', ['organisationId', 'priority', 'readyAt'])
@Index('batch_message_idx', ['organisationId', 'messageId'])
@ForeignKey(() => Message, ['organisationId', 'messageId'], ['organisationId', 'id'], { name: 'batch_message_fkey' })
export class Batch {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'batch_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'batch_pkey',
  })
  id: string;

  @Column({ type: 'bigint' })
  messageId: string;

  @Column({ type: 'integer' })
  channelId: number;

  @Column({ type: 'integer' })
  vendorAccountId: number;

  @Column({ type: 'smallint' })
  attempt: number;

  @Column({ type: 'smallint' })
  priority: number;

  @Column({ type: 'timestamptz' })
  readyAt: Date;

  @Column({ type: 'uuid', nullable: true })
  lease: string | null;

  @Column({ type: 'bigint', array: true })
  endpointIds: string[];

  /** Whose they are, position by position, where the planner wrote them: what the whole batch shares is recorded from here. */
  @Column({ type: 'bigint', array: true, nullable: true })
  recipientIds: (string | null)[] | null;
}
