import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Content } from '../channels/channel-kind.js';

export const DELIVERY_STATES = ['retrying', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The record of one message to one endpoint, written at its outcome. Partitioned by the day of the message. */
@Entity('delivery')
@Check('delivery_state_check', "state IN ('retrying', 'sent', 'delivered', 'read', 'failed', 'unknown')")
@Index('delivery_recipient_idx', ['organisationId', 'recipientId', 'messageId'])
export class Delivery {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'delivery_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'delivery_pkey' })
  day: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'delivery_pkey' })
  messageId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'delivery_pkey' })
  channelId: number;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'delivery_pkey' })
  endpointId: string;

  @Column({ type: 'integer' })
  vendorAccountId: number;

  @Column({ type: 'bigint', nullable: true })
  recipientId: string | null;

  @Column({ type: 'text' })
  state: DeliveryState;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'smallint' })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  vendorReference: string | null;

  @Column({ type: 'jsonb', nullable: true })
  content: Content | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  deliveredAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  readAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  failedAt: Date | null;
}
