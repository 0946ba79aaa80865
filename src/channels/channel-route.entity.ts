import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Channel } from './channel.entity.js';
import { VendorAccount } from './vendor-account.entity.js';

/** One step of a channel: the vendor account to try at this position. */
@Entity('channel_route')
@Unique('channel_route_account_key', ['organisationId', 'vendorAccountId', 'channelId'])
@ForeignKey(() => Channel, ['organisationId', 'channelId'], ['organisationId', 'id'], {
  name: 'channel_route_channel_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => VendorAccount, ['organisationId', 'vendorAccountId'], ['organisationId', 'id'], {
  name: 'channel_route_account_fkey',
})
export class ChannelRoute {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'channel_route_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'channel_route_pkey' })
  channelId: number;

  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'channel_route_pkey' })
  position: number;

  @Column({ type: 'integer' })
  vendorAccountId: number;
}
