import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../common/problem.js';
import { Devices } from '../../recipients/devices.js';
import { type KnownLanyingUser, type LanyingUserChange, LanyingUsers } from '../../recipients/lanying-users.js';
import { SelfTags } from '../../recipients/self-tags.js';
import { deviceVendor } from './distribution.js';
import type { LanyingCaller } from './lanying-access.js';
import { LanyingFault } from './lanying-fault.js';
import { LanyingKeys } from './lanying-keys.js';
import { toFault } from './lanying-sign-in.js';
import { PushAccounts } from './push-accounts.js';
import { endpointOf } from './push-token.js';
import { deviceOf, readAlias, readDeviceToken, readTags } from './read-user.js';
import type { WireFields } from './wire-fields.js';

type OnBehalf = LanyingCaller & { user: KnownLanyingUser };

const LONGEST_NAME = 200;
const LONGEST_PUSH_TOKEN = 255;
const LARGEST_BADGE = 99_999;

/** What a person, or an admin in their name, sets up: devices, alias, tags and wishes. */
@Injectable()
export class LanyingUserCalls {
  constructor(
    private readonly users: LanyingUsers,
    private readonly devices: Devices,
    private readonly tags: SelfTags,
    private readonly accounts: PushAccounts,
    private readonly keys: LanyingKeys,
  ) {}

  /** 绑定token: what a push vendor gave the device, under the certificate it was given for. */
  async bind({ caller: { organisationId }, settings, user, device }: OnBehalf, fields: WireFields): Promise<void> {
    const id = deviceOf(fields, 'device_sn', user.id, device);
    const address = readDeviceToken(fields);
    const name = fields.requiredText('notifier_name', LONGEST_NAME).trim();
    const account = await this.accounts.byCertificate(organisationId, name, settings);
    if (account === undefined) throw InvalidRequest.at('notifier_name', 'names no certificate');
    const vendor = deviceVendor(account);
    await this.devices.bind(
      organisationId,
      { recipientId: user.id, device: id },
      { vendor, address, environment: account.environment, platform: vendor === 'apns' ? 'ios' : 'android' },
    );
  }

  /** 解绑token; once more does no harm. */
  async unbind({ caller, user, device }: OnBehalf, fields: WireFields): Promise<void> {
    const name = fields.raw('deviceSn') === undefined ? 'device_sn' : 'deviceSn';
    await this.devices.unbind(caller.organisationId, {
      recipientId: user.id,
      device: deviceOf(fields, name, user.id, device),
    });
  }

  /** 绑定别名: of one device by its push token, or of all of the person's. */
  async setAlias({ caller: { organisationId }, user }: OnBehalf, fields: WireFields): Promise<void> {
    const alias = readAlias(fields);
    if (alias === undefined) throw InvalidRequest.at('alias', 'is required');
    const token = fields.text('push_token', LONGEST_PUSH_TOKEN)?.trim();
    const endpointId = token === undefined ? undefined : endpointOf(this.keys, organisationId, token);
    if (token !== undefined && endpointId === undefined) throw InvalidRequest.at('push_token', 'names no device');
    const named = await this.devices.setAlias(organisationId, user.id, alias, endpointId).catch((error: unknown) => {
      throw toFault(error);
    });
    if (endpointId !== undefined && named === 0) throw new LanyingFault(10010);
  }

  async addTags(by: OnBehalf, fields: WireFields): Promise<void> {
    mayTag(by);
    await this.tags.add(by.caller.organisationId, by.user.id, readTags(fields));
  }

  async removeTags(by: OnBehalf, fields: WireFields): Promise<void> {
    mayTag(by);
    await this.tags.remove(by.caller.organisationId, by.user.id, readTags(fields));
  }

  async removeAllTags(by: OnBehalf): Promise<void> {
    mayTag(by);
    await this.tags.remove(by.caller.organisationId, by.user.id);
  }

  listTags({ caller, user }: OnBehalf): Promise<string[]> {
    return this.tags.list(caller.organisationId, user.id);
  }

  setBadge(by: OnBehalf, fields: WireFields): Promise<void> {
    return this.change(by, { badge: fields.requiredInteger('badge', 0, LARGEST_BADGE) });
  }

  /** 设置是否关闭推送: true closes. */
  setNoPush(by: OnBehalf, fields: WireFields): Promise<void> {
    return this.change(by, { noPush: fields.requiredFlag('value') });
  }

  /** 设置是否关闭推送详情: true closes. */
  setNoPushDetail(by: OnBehalf, fields: WireFields): Promise<void> {
    return this.change(by, { noPushDetail: fields.requiredFlag('value') });
  }

  /** 设置推送免打扰时间. */
  setQuietHours(by: OnBehalf, fields: WireFields): Promise<void> {
    const noPushStartHour = fields.requiredInteger('no_push_start_hour', 0, 23);
    return this.change(by, { noPushStartHour, noPushEndHour: fields.requiredInteger('no_push_end_hour', 0, 23) });
  }

  private change({ caller, user }: OnBehalf, change: LanyingUserChange): Promise<void> {
    return this.users.change(caller.organisationId, user.id, change);
  }
}

/** Whoever tags themselves gets what is sent to the tag, so an organisation may keep that to itself. */
function mayTag({ settings, actor }: OnBehalf): void {
  if (!settings.userTags && actor.userId === undefined) throw new LanyingFault(10010);
}
