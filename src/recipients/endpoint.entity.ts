import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { ChannelKind } from '../channels/channel-kind.js';
import { Recipient } from './recipient.entity.js';

/** One address on one kind of channel. Without a recipient it is a raw address that somebody sent to. */
@Entity('endpoint')
@Check('endpoint_status_check', "status IN ('active', 'quarantined')")
@Index('endpoint_recipient_idx', ['organisationId', 'recipientId', 'kind'])
@Index('endpoint_address_key', { synchronize: false })
@Index('endpoint_device_key', { synchronize: false })
@Index('endpoint_alias_idx', { synchronize: false })
@Index('endpoint_device_id_key', { synchronize: false })
@ForeignKey(() => Recipient, ['organisationId', 'recipientId'], ['organisationId', 'id'], {
  name: 'endpoint_recipient_fkey',
  onDelete: 'CASCADE',
})
export class Endpoint {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'endpoint_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'endpoint_pkey',
  })
  id: string;

  @Column({ type: 'bigint', nullable: true })
  recipientId: string | null;

  @Column({ type: 'text' })
  kind: ChannelKind;

  @Column({ type: 'text' })
  vendor: string;

  @Column({ type: 'text' })
  platform: string;

  @Column({ type: 'text' })
  environment: string;

  @Column({ type: 'text' })
  address: string;

  @Column({ type: 'text', nullable: true })
  alias: string | null;

  /** The device's own id, which stays when a vendor gives it another token. */
  @Column({ type: 'text', nullable: true })
  device: string | null;

  @Column({ type: 'text' })
  status: 'active' | 'quarantined';

  @Column({ type: 'text', nullable: true })
  quarantineReason: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  quarantinedAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
