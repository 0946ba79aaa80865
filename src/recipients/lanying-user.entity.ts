import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Recipient } from './recipient.entity.js';

/** What callers of the Lanying API keep of a person: how they sign in, and how they want to be pushed to. */
@Entity('lanying_user')
@Check('lanying_user_start_check', 'no_push_start_hour BETWEEN 0 AND 23')
@Check('lanying_user_end_check', 'no_push_end_hour BETWEEN 0 AND 23')
@Index('lanying_user_alias_idx', { synchronize: false })
@ForeignKey(() => Recipient, ['organisationId', 'recipientId'], ['organisationId', 'id'], {
  name: 'lanying_user_recipient_fkey',
  onDelete: 'CASCADE',
})
export class LanyingUser {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'lanying_user_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'lanying_user_pkey' })
  recipientId: string;

  /** Made slow to try out; null: the person cannot sign in by password. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** Goes to the devices the person gets later. */
  @Column({ type: 'text', nullable: true })
  alias: string | null;

  @Column({ type: 'boolean', default: false })
  noPush: boolean;

  @Column({ type: 'boolean', default: false })
  noPushDetail: boolean;

  @Column({ type: 'smallint', nullable: true })
  noPushStartHour: number | null;

  @Column({ type: 'smallint', nullable: true })
  noPushEndHour: number | null;

  @Column({ type: 'integer', default: 0 })
  badge: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
