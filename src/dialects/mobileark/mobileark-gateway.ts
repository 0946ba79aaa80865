import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type AuthenticatedApplication, Authenticator } from '../../access/authenticator.js';
import { SecretBox } from '../../access/secret-box.js';
import type { GatewayCall } from './gateway-call.js';
import { isMethod, METHODS, type MobilearkMethod } from './method-table.js';
import { type MobilearkSettings, readMobilearkSettings } from './mobileark-settings.js';
import type { Parameters } from './parameters.js';
import { readParameters } from './read-parameters.js';
import { isSignature, signatureBase, signatureOf } from './signature.js';
import { MobilearkError } from './wire-error.js';

/** A request whose method is known carries its name, for an error that happens later on. */
export interface MobilearkRequest extends FastifyRequest {
  mobilearkMethod?: MobilearkMethod;
}

const VERSION = /^\d+(\.\d+)*$/;
/** The public id of a credential is no longer. */
const LONGEST_APP_KEY = 128;

/** What every call must pass before its own parameters are looked at, in the order in which the gateway checks. */
@Injectable()
export class MobilearkGateway {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly secrets: SecretBox,
  ) {}

  /** @throws MobilearkError */
  async admit(request: MobilearkRequest): Promise<GatewayCall> {
    const parameters = readParameters(request);
    const appKey = parameters.get('appKey') ?? parameters.get('appkey');
    if (appKey === undefined) throw new MobilearkError('1022');
    const application = await this.application(appKey);
    const settings = readMobilearkSettings(application.settings);
    const method = methodOf(parameters);
    request.mobilearkMethod = method;
    const version = versionOf(parameters, method);
    this.checkSignature(parameters, application, settings);
    if (request.method !== 'POST') throw new MobilearkError('1005');
    const format = parameters.get('format') ?? 'json';
    if (format.toLowerCase() !== 'json') throw new MobilearkError('1031');
    const { organisationId, applicationId } = application;
    return { caller: { organisationId, applicationId }, appKey, settings, method, version, parameters };
  }

  private async application(appKey: string): Promise<AuthenticatedApplication> {
    const possible = appKey.length <= LONGEST_APP_KEY && !appKey.includes('\0');
    const found = possible ? await this.authenticator.applicationByPublicId('app-secret', appKey) : undefined;
    if (found === undefined) throw new MobilearkError('1023');
    return found;
  }

  private checkSignature(
    parameters: Parameters,
    { secretSealed }: AuthenticatedApplication,
    { requireSign }: MobilearkSettings,
  ): void {
    if (!requireSign) return;
    const sign = parameters.get('sign');
    if (sign === undefined) throw new MobilearkError('1024');
    if (secretSealed === null) throw new Error('A credential to sign with has no secret');
    const expected = signatureOf(signatureBase(parameters), this.secrets.open(secretSealed));
    if (!isSignature(sign, expected)) throw new MobilearkError('1025');
  }
}

function methodOf(parameters: Parameters): MobilearkMethod {
  const method = parameters.get('method');
  if (method === undefined) throw new MobilearkError('1026');
  if (!isMethod(method)) throw new MobilearkError('1027');
  return method;
}

function versionOf(parameters: Parameters, method: MobilearkMethod): string {
  const version = parameters.get('v');
  if (version === undefined) throw new MobilearkError('1028');
  if (!VERSION.test(version)) throw new MobilearkError('1029');
  if (!METHODS[method].includes(version)) throw new MobilearkError('1030');
  return version;
}
