import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { Recipient } from '../../recipients/recipient.entity.js';

/** One client of a person that is connected now, as all processes see it. */
@Entity('live_connection')
@Index('live_connection_inbox_idx', ['organisationId', 'inboxId'])
@Index('live_connection_endpoint_idx', { synchronize: false })
@Index('live_connection_process_idx', ['process'])
@ForeignKey(() => Recipient, ['organisationId', 'recipientId'], ['organisationId', 'id'], {
  name: 'live_connection_recipient_fkey',
  onDelete: 'CASCADE',
})
export class LiveConnectionRow {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'live_connection_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'live_connection_pkey' })
  recipientId: string;

  /** Who connected later has the larger id; the clocks of processes differ. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'live_connection_pkey',
  })
  id: string;

  /** The person's inbox, so that whoever records its deliveries finds the connection without asking whose it is. */
  @Column({ type: 'bigint', nullable: true })
  inboxId: string | null;

  /** The device it speaks for, if its token names one. */
  @Column({ type: 'bigint', nullable: true })
  endpointId: string | null;

  /** The process that holds it. */
  @Column({ type: 'uuid' })
  process: string;

  @Column({ type: 'text' })
  platform: string;

  @Column({ type: 'timestamptz' })
  connectedAt: Date;
}
