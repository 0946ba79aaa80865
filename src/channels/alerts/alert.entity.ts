import { Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { VendorAccount } from '../vendor-account.entity.js';

export const ALERT_KINDS = [
  'account-trouble',
  'account-works',
  'verify-failed',
  'addresses-held',
  'unreadable',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something of a vendor account that a person should know of. */
@Entity('alert')
@ForeignKey(() => VendorAccount, ['organisationId', 'vendorAccountId'], ['organisationId', 'id'], {
  name: 'alert_account_fkey',
  onDelete: 'CASCADE',
})
export class Alert {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'alert_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'alert_pkey',
  })
  id: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  kind: AlertKind;

  @Column({ type: 'integer' })
  vendorAccountId: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  detail: string;
}
