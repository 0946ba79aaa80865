import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RecipientGroup } from './recipient-group.entity.js';
import { Recipient } from './recipient.entity.js';

/** A recipient in a group. */
@Entity('membership')
@Index('membership_recipient_idx', ['organisationId', 'recipientId'])
@ForeignKey(() => RecipientGroup, ['organisationId', 'groupId'], ['organisationId', 'id'], {
  name: 'membership_group_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Recipient, ['organisationId', 'recipientId'], ['organisationId', 'id'], {
  name: 'membership_recipient_fkey',
  onDelete: 'CASCADE',
})
export class Membership {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'membership_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'membership_pkey' })
  groupId: number;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'membership_pkey' })
  recipientId: string;
}
