import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Counters of one day per channel, vendor account and template (0: none), spread over shards. */
@Entity('daily_statistic')
export class DailyStatistic {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'daily_statistic_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'daily_statistic_pkey' })
  day: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'daily_statistic_pkey' })
  channelId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'daily_statistic_pkey' })
  vendorAccountId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'daily_statistic_pkey' })
  templateId: number;

  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'daily_statistic_pkey' })
  shard: number;

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
