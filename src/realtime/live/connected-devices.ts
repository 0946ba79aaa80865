import { Injectable } from '@nestjs/common';
import { Tenants } from '../../database/tenants.js';
import { parseReference } from '../../messages/reference.js';
import { LiveDevices } from '../../vendors/live-devices.js';
import { LivePresence } from './live-presence.js';
import { pushNotifications } from './notification.js';
import { ONLINE_DEVICES } from './sql/connections.js';

interface OnlineRow {
  id: string;
  recipientId: string;
}

/** Finds the devices online in one query, and tells the processes that hold their connections in one more. */
@Injectable()
export class ConnectedDevices extends LiveDevices {
  constructor(
    private readonly tenants: Tenants,
    private readonly presence: LivePresence,
  ) {
    super();
  }

  override async push(
    { organisationId, id }: { organisationId: number; id: number },
    references: readonly string[],
  ): Promise<boolean[]> {
    const living = await this.presence.living();
    const endpoints = references.map((reference) => parseReference(reference)?.endpointId ?? '0');
    const rows =
      living.length === 0
        ? []
        : await this.tenants.of(organisationId).query<OnlineRow>(ONLINE_DEVICES, [living, endpoints]);
    const owners = new Map(rows.map((row) => [row.id, row.recipientId]));
    const online = endpoints.map((endpoint) => owners.get(endpoint));
    const pushes = references.flatMap((reference, index) => {
      const recipientId = online[index];
      return recipientId === undefined ? [] : [{ reference, recipientId }];
    });
    await this.presence.notify(pushNotifications(organisationId, id, pushes));
    return online.map((recipientId) => recipientId !== undefined);
  }
}
