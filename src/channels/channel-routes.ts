import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { SecretBox } from '../access/secret-box.js';
import { Clock } from '../common/clock.js';
import { Conflict, type FieldError, InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import type { ChannelKind } from './channel-kind.js';
import { VendorAccount } from './vendor-account.entity.js';

const INBOX = 'inbox';

const INSERT_INBOX_ACCOUNT = `
  INSERT INTO vendor_account (organisation_id, code, name, vendor, serves, environment, enabled, settings,
                              receipt_secret_sealed, created_at, updated_at)
  VALUES ($1, $2, 'Inbox', $2, '', 'production', true, '{}', $3, $4, $4)
  ON CONFLICT (organisation_id, code) DO NOTHING`;

const INSERT_ROUTE = `
  INSERT INTO channel_route (organisation_id, channel_id, position, vendor_account_id)
  SELECT $1, $2, step.position, step.account_id FROM unnest($3::integer[]) WITH ORDINALITY AS step(account_id, position)`;

/** Checks and stores the vendor accounts of a channel, in their order. */
@Injectable()
export class ChannelRoutes {
  constructor(
    private readonly vendors: VendorRegistry,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidRequest naming every account that is unknown, repeated or of another kind */
  async replace(
    scope: TenantScope,
    channel: { id: number; kind: ChannelKind },
    codes: readonly string[] | undefined,
  ): Promise<void> {
    const accountIds = codes === undefined ? [await this.builtIn(scope, channel.kind)] : [];
    if (codes !== undefined) accountIds.push(...(await this.accountIds(scope, channel.kind, codes)));
    await scope.query('DELETE FROM channel_route WHERE organisation_id = $1 AND channel_id = $2', [channel.id]);
    await scope.query(INSERT_ROUTE, [channel.id, accountIds]);
  }

  private async accountIds(scope: TenantScope, kind: ChannelKind, codes: readonly string[]): Promise<number[]> {
    const accounts = await scope.find(VendorAccount, { code: In([...codes]) });
    const byCode = new Map(accounts.map((account) => [account.code, account]));
    const errors: FieldError[] = [];
    codes.forEach((code, index) => {
      const message =
        codes.indexOf(code) < index ? 'is on the route twice' : this.problemOf(byCode.get(code), code, kind);
      if (message !== undefined) errors.push({ path: `route[${index}]`, message });
    });
    if (errors.length > 0) throw new InvalidRequest(errors);
    return codes.map((code) => byCode.get(code)?.id).filter((id) => id !== undefined);
  }

  private problemOf(account: VendorAccount | undefined, code: string, kind: ChannelKind): string | undefined {
    if (account === undefined) return `there is no vendor account ${code}`;
    const { definition } = this.vendors.get(account.vendor);
    if (definition.kind === 'any' || definition.kind === kind) return undefined;
    return `the vendor ${definition.code} of this account serves ${definition.kind}, not ${kind}`;
  }

  /** The one account of the built-in inbox, made when an organisation first needs it. */
  private async builtIn(scope: TenantScope, kind: ChannelKind): Promise<number> {
    if (kind !== 'inbox') throw InvalidRequest.at('route', `is required for a channel of kind ${kind}`);
    const known = await inboxAccount(scope);
    if (known !== undefined) return known;
    const receiptSecret = this.secretBox.seal(randomBytes(24).toString('base64url'));
    await scope.query(INSERT_INBOX_ACCOUNT, [INBOX, receiptSecret, this.clock.now()]);
    const made = await inboxAccount(scope);
    if (made !== undefined) return made;
    throw new Conflict('already_exists', 'A vendor account of another vendor has the code inbox; give a route.');
  }
}

async function inboxAccount(scope: TenantScope): Promise<number | undefined> {
  const [account] = await scope.find(VendorAccount, { vendor: INBOX }, { order: { id: 'ASC' }, take: 1 });
  return account?.id;
}
