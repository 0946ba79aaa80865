import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Counters of one message per channel and vendor account. */
@Entity('message_statistic')
export class MessageStatistic {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'message_statistic_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'message_statistic_pkey' })
  messageId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'message_statistic_pkey' })
  channelId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'message_statistic_pkey' })
  vendorAccountId: number;

  @Column({ type: 'bigint' })
  target: string;

  @Column({ type: 'bigint' })
  sent: string;

  @Column({ type: 'bigint' })
  delivered: string;

  @Column({ type: 'bigint' })
  read: string;

  @Column({ type: 'bigint' })
  failed: string;

  @Column({ type: 'bigint' })
  unknown: string;
}
