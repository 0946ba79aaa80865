import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { VendorAccount } from '../channels/vendor-account.entity.js';

/** Which delivery a vendor's own reference stands for, where its receipts will bear nothing else. Kept for some days. */
@Entity('awaited_receipt')
@Index('awaited_receipt_created_idx', ['organisationId', 'createdAt'])
@ForeignKey(() => VendorAccount, ['organisationId', 'vendorAccountId'], ['organisationId', 'id'], {
  name: 'awaited_receipt_account_fkey',
  onDelete: 'CASCADE',
})
export class AwaitedReceiptRow {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'awaited_receipt_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'awaited_receipt_pkey' })
  vendorAccountId: number;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'awaited_receipt_pkey' })
  vendorReference: string;

  @Column({ type: 'bigint' })
  messageId: string;

  @Column({ type: 'integer' })
  channelId: number;

  @Column({ type: 'bigint' })
  endpointId: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
