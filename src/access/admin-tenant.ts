import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Forbidden } from '../common/problem.js';
import type { AccessedRequest } from './access-rules.js';

/**
 * The organisation's id, as `@Tenant()` gives it, of a route under `@RequireScope` that only the admin key may call: the admin
 * names the organisation with X-Organisation, and an application is refused whatever its scopes.
 */
export const AdminTenant = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const { caller } = context.switchToHttp().getRequest<AccessedRequest>();
  if (caller === undefined) throw new Error('A route that uses its organisation must state @RequireScope');
  if (caller.applicationId !== null) throw new Forbidden('Only the admin key may do this.');
  return caller.organisationId;
});
