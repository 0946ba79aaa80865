import { Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Organisation } from '../access/organisation.entity.js';
import type { Pace } from './pacing/pace.js';

/** Credentials and settings with one vendor. `serves` names the device vendor whose endpoints it takes; empty takes any. */
@Entity('vendor_account')
@Unique('vendor_account_code_key', ['organisationId', 'code'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'vendor_account_organisation_fkey' })
export class VendorAccount {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'vendor_account_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'vendor_account_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  vendor: string;

  @Column({ type: 'text' })
  serves: string;

  @Column({ type: 'text' })
  environment: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ type: 'jsonb' })
  settings: Record<string, unknown>;

  @Column({ type: 'bytea', nullable: true })
  secretsSealed: Buffer | null;

  @Column({ type: 'bytea' })
  receiptSecretSealed: Buffer;

  @Column({ type: 'text', nullable: true })
  problem: string | null;

  @Column({ type: 'text', nullable: true })
  problemDetail: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  pausedUntil: Date | null;

  /** Calls that failed as a whole, in a row. */
  @Column({ type: 'smallint', default: 0 })
  failures: number;

  /** How often in a row it was paused because of failures; the pauses grow with it. */
  @Column({ type: 'smallint', default: 0 })
  openings: number;

  /** While one call tries out whether it works again: how long the others wait for that call at most. */
  @Column({ type: 'timestamptz', nullable: true })
  probeUntil: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  pace: Pace | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
