import { BlockList, isIPv4 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../../access/authenticator.js';
import { hashSecret } from '../../access/hash-secret.js';
import type { Caller } from '../../access/principal.js';
import { Forbidden, Unauthenticated } from '../../common/problem.js';
import { type MediwaySettings, readMediwaySettings } from './mediway-settings.js';

/** A request whose application is known carries its settings, so that an error later on is answered in its style. */
export interface MediwayRequest extends FastifyRequest {
  mediwaySettings?: MediwaySettings;
}

/** Who calls, and how the application wants to be treated. */
export interface MediwayCaller {
  caller: Caller;
  settings: MediwaySettings;
}

/** Lets an application in by its appId and, where its settings ask for it, its token and its address. */
@Injectable()
export class MediwayAccess {
  constructor(private readonly authenticator: Authenticator) {}

  /**
   * @throws Unauthenticated for an unknown or switched-off application, or without its token
   * @throws Forbidden from an address the application does not call from
   */
  async admit(request: MediwayRequest, appId: string): Promise<MediwayCaller> {
    const application = await this.authenticator.applicationByPublicId('app-id', appId);
    if (application === undefined) throw new Unauthenticated('There is no such application.');
    const settings = readMediwaySettings(application.settings);
    request.mediwaySettings = settings;
    if (settings.allowedAddresses !== undefined && !within(settings.allowedAddresses, request.ip)) {
      throw new Forbidden('The application does not call from this address.');
    }
    const { organisationId, applicationId } = application;
    if (settings.auth === 'token') await this.checkToken(request, { organisationId, applicationId });
    return { caller: { organisationId, applicationId }, settings };
  }

  private async checkToken(request: FastifyRequest, caller: Caller): Promise<void> {
    const token = tokenOf(request);
    const owner =
      token === undefined ? undefined : await this.authenticator.applicationBySecret('access-token', hashSecret(token));
    if (owner?.organisationId !== caller.organisationId || owner.applicationId !== caller.applicationId) {
      throw new Unauthenticated("The application's token is needed.");
    }
  }
}

/** The document names no header, so every usual place is looked at; the first that holds something decides. */
function tokenOf({ headers, query }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const inQuery = (query as Record<string, unknown>).access_token;
  const places = [bearer, headers.token, headers['access-token'], inQuery];
  return places.find((place): place is string => typeof place === 'string' && place !== '');
}

/** Whether an address is one of, or in one of, the ranges; `::ffff:10.1.2.3` is 10.1.2.3. */
export function within(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    const family = isIPv4(network) ? 'ipv4' : 'ipv6';
    list.addSubnet(network, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
