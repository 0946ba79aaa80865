import { describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { lastValueFrom, of, throwError } from 'rxjs';
import type { AuditTrail, Change } from './audit-trail.js';
import { AuditInterceptor } from './audit.interceptor.js';
import type { Principal } from './principal.js';

const ADMIN: Principal = { kind: 'admin' };
const APPLICATION: Principal = {
  kind: 'application',
  organisationId: 7,
  applicationId: 3,
  code: 'clinic',
  scopes: ['send', 'directory'],
};

interface Call {
  principal?: Principal;
  method?: string;
  route?: string;
  status?: number;
}

/** Runs one request through the interceptor and returns what was written down before it was answered. */
async function changesOf(call: Call, answer = of('answer')): Promise<Change[]> {
  const { principal, method = 'POST', route = '/api/v1/recipients', status = 201 } = call;
  const changes: Change[] = [];
  const trail: Pick<AuditTrail, 'record'> = {
    async record(change) {
      await Promise.resolve();
      changes.push(change);
    },
  };
  const caller = principal?.kind === 'application' ? { organisationId: 7, applicationId: 3 } : undefined;
  const request = {
    method,
    url: `${route}?secret=s1`,
    routeOptions: { url: route },
    body: { code: 'P1' },
    ip: '10.1.0.7',
    principal,
    caller,
  };
  const context = new ExecutionContextHost([request, { statusCode: status }]);
  const interceptor = new AuditInterceptor(trail as AuditTrail);
  expect(await lastValueFrom(interceptor.intercept(context, { handle: () => answer }))).toBe('answer');
  return changes;
}

describe('AuditInterceptor', () => {
  it('writes a change down before it is answered', async () => {
    expect(await changesOf({ principal: APPLICATION, method: 'PATCH', status: 200 })).toEqual([
      {
        organisationId: 7,
        actor: 'application:clinic',
        method: 'PATCH',
        path: '/api/v1/recipients',
        status: 200,
        request: { code: 'P1' },
        address: '10.1.0.7',
      },
    ]);
  });

  it('books what concerns no organisation on the installation', async () => {
    const changes = await changesOf({ principal: ADMIN, route: '/api/v1/organisations' });
    expect(changes).toMatchObject([{ organisationId: 0, actor: 'admin' }]);
  });

  it.each([
    '/api/v1/messages',
    '/api/v1/messages/:id/cancel',
    '/api/v1/recipients/:key/inbox/:id/read',
    '/api/v1/recipients/import',
  ])('leaves the traffic of applications on %s out, but not what the admin does there', async (route) => {
    expect(await changesOf({ principal: APPLICATION, route })).toEqual([]);
    expect(await changesOf({ principal: ADMIN, route })).toHaveLength(1);
  });

  it('leaves reading, callers it does not know and refusals out', async () => {
    expect(await changesOf({ principal: ADMIN, method: 'GET' })).toEqual([]);
    expect(await changesOf({})).toEqual([]);
    expect(await changesOf({ principal: ADMIN, status: 409 })).toEqual([]);
  });

  it('lets an error through, unrecorded', async () => {
    const failing = throwError(() => new Error('refused'));
    await expect(changesOf({ principal: ADMIN }, failing)).rejects.toThrow('refused');
  });
});
