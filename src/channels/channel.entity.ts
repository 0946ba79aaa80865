import { Check, Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { ChannelKind } from './channel-kind.js';
import { Organisation } from '../access/organisation.entity.js';

/** What a caller names: a kind and, in channel_route, an ordered list of vendor accounts. */
@Entity('channel')
@Unique('channel_code_key', ['organisationId', 'code'])
@Check('channel_unknown_policy_check', "unknown_policy IN ('resend', 'hold')")
@Check('channel_unknown_after_hours_check', 'unknown_after_hours BETWEEN 1 AND 2160')
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'channel_organisation_fkey' })
export class Channel {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'channel_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'channel_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: ChannelKind;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ type: 'text' })
  unknownPolicy: 'resend' | 'hold';

  /** How long after the end of its message an unknown delivery is called failed; null: never. */
  @Column({ type: 'integer', nullable: true })
  unknownAfterHours: number | null;

  /** What its messages ask of vendors unless they say otherwise themselves. */
  @Column({ type: 'jsonb', default: {} })
  options: Record<string, unknown>;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
