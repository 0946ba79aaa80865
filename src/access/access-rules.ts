import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, Principal, Scope } from './principal.js';

/** Who may call a route. Every route states one; the guard refuses those that do not. */
export type AccessRule = { kind: 'public' } | { kind: 'admin' } | { kind: 'scope'; scope: Scope };

export const ACCESS_RULE = 'tidings:access-rule';

/** Anybody; a dialect or a health check looks after itself. */
export const Public = (): ClassDecorator & MethodDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** Only the admin key. */
export const AdminOnly = (): ClassDecorator & MethodDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'admin' } satisfies AccessRule);

/** An application with this scope, or the admin naming an organisation with X-Organisation. */
export const RequireScope = (scope: Scope): ClassDecorator & MethodDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'scope', scope } satisfies AccessRule);

/** What the guard leaves on the request. */
export interface AccessedRequest extends FastifyRequest {
  principal?: Principal;
  caller?: Caller;
}

const requestOf = (context: ExecutionContext): AccessedRequest => context.switchToHttp().getRequest<AccessedRequest>();

function callerOf(context: ExecutionContext): Caller {
  const { caller } = requestOf(context);
  if (caller === undefined) throw new Error('A route that uses its caller must state @RequireScope');
  return caller;
}

/** The organisation's id of a route under `@RequireScope`. */
export const Tenant = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => callerOf(context).organisationId,
);

/** The caller of a route under `@RequireScope`. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));
