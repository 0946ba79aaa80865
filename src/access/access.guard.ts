import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Forbidden, InvalidRequest } from '../common/problem.js';
import { ACCESS_RULE, type AccessedRequest, type AccessRule } from './access-rules.js';
import { Authenticator } from './authenticator.js';
import type { Caller, Principal } from './principal.js';

/** Lets a request through to its route by the route's rule, and settles within which organisation it acts. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<AccessedRequest>();
    const principal = await this.authenticator.authenticate(request.headers.authorization);
    request.principal = principal;
    if (rule === undefined) throw new Forbidden('This route states no access rule.');
    if (rule.kind === 'admin') {
      if (principal.kind !== 'admin') throw new Forbidden('Only the admin key may do this.');
      return true;
    }
    if (principal.kind === 'application' && !principal.scopes.includes(rule.scope)) {
      throw new Forbidden(`This key lacks the scope "${rule.scope}".`, 'missing_scope');
    }
    request.caller = await this.callerFor(principal, request.headers['x-organisation']);
    return true;
  }

  private async callerFor(principal: Principal, named: string | string[] | undefined): Promise<Caller> {
    const code = typeof named === 'string' && named !== '' ? named : undefined;
    if (principal.kind === 'admin') {
      if (code === undefined)
        throw InvalidRequest.at('X-Organisation', 'the admin key names the organisation in this header');
      const organisationId = await this.authenticator.organisationId(code);
      if (organisationId === undefined) throw InvalidRequest.at('X-Organisation', `there is no organisation ${code}`);
      return { organisationId, applicationId: null };
    }
    const { organisationId, applicationId } = principal;
    if (code !== undefined && (await this.authenticator.organisationId(code)) !== organisationId) {
      throw new Forbidden('This key belongs to another organisation than X-Organisation names.');
    }
    return { organisationId, applicationId };
  }
}
