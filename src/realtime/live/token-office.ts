import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { Clock } from '../../common/clock.js';
import { Conflict } from '../../common/problem.js';
import { sqlState } from '../../database/sql-state.js';
import { Tenants } from '../../database/tenants.js';
import { findRecipient } from '../../recipients/recipients.service.js';
import { LiveTokens } from './live-tokens.js';
import { TAKE_DEVICE } from './sql/take-device.js';

const UNIQUE_VIOLATION = '23505';

/** What a token is asked for. */
export interface TokenRequest {
  device: string | null;
  platform: string;
  seconds: number;
}

/** Issues live tokens to people, and registers the devices they are for. */
@Injectable()
export class TokenOffice {
  constructor(
    private readonly tenants: Tenants,
    private readonly tokens: LiveTokens,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict */
  async issue(
    { organisationId, applicationId }: Caller,
    recipient: string,
    { device, platform, seconds }: TokenRequest,
  ): Promise<{ token: string; expiresAt: Date }> {
    const { id, code, enabled } = await findRecipient(this.tenants.of(organisationId), recipient);
    if (!enabled) throw new Conflict('recipient_disabled', `The recipient ${code} is disabled.`);
    if (device !== null) await this.register(organisationId, id, device, platform);
    const expiresAt = new Date(this.clock.now().getTime() + seconds * 1000);
    const claims = { organisationId, applicationId, recipientId: id, device, platform, expiresAt };
    return { token: this.tokens.issue(claims), expiresAt };
  }

  private async register(
    organisationId: number,
    recipientId: string,
    device: string,
    platform: string,
    again = true,
  ): Promise<void> {
    const scope = this.tenants.of(organisationId);
    try {
      const values = [recipientId, device, platform, this.clock.now()];
      const [found] = await scope.query<{ kind: string }>(TAKE_DEVICE, values);
      if (found !== undefined && found.kind !== 'push')
        throw new Conflict('device_in_use', `The device ${device} is an endpoint of the kind ${found.kind}, not push.`);
    } catch (error) {
      // Another token for the same new device is being issued.
      if (!again || sqlState(error) !== UNIQUE_VIOLATION) throw error;
      await this.register(organisationId, recipientId, device, platform, false);
    }
  }
}
