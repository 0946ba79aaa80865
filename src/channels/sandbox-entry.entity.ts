import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Content } from './channel-kind.js';
import { VendorAccount } from './vendor-account.entity.js';

export interface SandboxTarget {
  reference: string;
  address: string;
  status: string;
  code?: string;
  content?: Content;
}

/** One call that a sandbox account took: what it was asked to send, and to whom. */
@Entity('sandbox_entry')
@Index('sandbox_entry_account_idx', ['organisationId', 'vendorAccountId', 'id'])
@ForeignKey(() => VendorAccount, ['organisationId', 'vendorAccountId'], ['organisationId', 'id'], {
  name: 'sandbox_entry_account_fkey',
  onDelete: 'CASCADE',
})
export class SandboxEntry {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'sandbox_entry_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'sandbox_entry_pkey',
  })
  id: string;

  @Column({ type: 'integer' })
  vendorAccountId: number;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'smallint' })
  attempt: number;

  @Column({ type: 'jsonb' })
  content: Content;

  @Column({ type: 'jsonb' })
  targets: SandboxTarget[];
}
