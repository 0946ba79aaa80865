import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { VendorAccount } from '../vendor-account.entity.js';

/** Where a limited account stands, for all processes. Made at its first use; see sql/reserve-slot.ts for the rules. */
@Entity('account_pace')
@ForeignKey(() => VendorAccount, ['organisationId', 'vendorAccountId'], ['organisationId', 'id'], {
  name: 'account_pace_account_fkey',
  onDelete: 'CASCADE',
})
export class AccountPace {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'account_pace_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'account_pace_pkey' })
  vendorAccountId: number;

  /** From when on all that was granted so far is within the rate. */
  @Column({ type: 'timestamptz' })
  freeAt: Date;

  /** The same for urgent traffic within its share of the rate. */
  @Column({ type: 'timestamptz' })
  urgentFreeAt: Date;

  /** When the last of those told to come back later will come. */
  @Column({ type: 'timestamptz' })
  lineAt: Date;

  @Column({ type: 'timestamptz' })
  urgentLineAt: Date;

  /** The day, in the vendor's time zone, that `used` counts. */
  @Column({ type: 'date' })
  day: string;

  @Column({ type: 'integer' })
  used: number;

  /** Share of the rate that the vendor bears, as of `recoversFrom`; from there on it grows back to 1. */
  @Column({ type: 'real' })
  factor: number;

  @Column({ type: 'timestamptz' })
  recoversFrom: Date;
}
