import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { AccessedRequest } from './access-rules.js';
import { AuditHook } from './audit-hook.js';
import type { AuditTrail, Change } from './audit-trail.js';
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
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  route?: string;
  status?: number;
  fails?: boolean;
  auditFails?: boolean;
}

/** Sends one request through a server with the hook; returns what was written down by the time it was answered, and the answer. */
async function send(call: Call): Promise<{ changes: Change[]; status: number; body: string }> {
  const { principal, method = 'POST', route = '/api/v1/recipients', status = 201 } = call;
  const changes: Change[] = [];
  const trail: Pick<AuditTrail, 'record'> = {
    async record(change) {
      await Promise.resolve();
      if (call.auditFails) throw new Error('The audit is away');
      changes.push(change);
    },
  };
  const server = fastify();
  new AuditHook(trail as AuditTrail).register(server);
  server.route({
    method,
    url: route,
    handler: (request: AccessedRequest, reply) => {
      if (principal !== undefined) request.principal = principal;
      if (principal?.kind === 'application') request.caller = { organisationId: 7, applicationId: 3 };
      if (call.fails) throw new Error('refused');
      return reply.code(status).send(status === 204 ? undefined : 'answer');
    },
  });
  const url = `${route.replace(/:\w+/g, '1')}?secret=s1`;
  const payload = method === 'POST' || method === 'PATCH' ? { code: 'P1' } : undefined;
  const answer = await server.inject({ method, url, remoteAddress: '10.1.0.7', ...(payload && { payload }) });
  await server.close();
  return { changes, status: answer.statusCode, body: answer.payload };
}

const changesOf = async (call: Call): Promise<Change[]> => (await send(call)).changes;

describe('AuditHook', () => {
  it('writes a change down before it is answered', async () => {
    expect(await send({ principal: APPLICATION, method: 'PATCH', status: 200 })).toEqual({
      status: 200,
      body: 'answer',
      changes: [
        {
          organisationId: 7,
          actor: 'application:clinic',
          method: 'PATCH',
          path: '/api/v1/recipients',
          status: 200,
          request: { code: 'P1' },
          address: '10.1.0.7',
        },
      ],
    });
  });

  it('writes down what is answered with nothing', async () => {
    expect(await changesOf({ principal: ADMIN, method: 'DELETE', status: 204 })).toMatchObject([{ status: 204 }]);
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

  it('leaves reading, callers it does not know, refusals and failures out', async () => {
    expect(await changesOf({ principal: ADMIN, method: 'GET' })).toEqual([]);
    expect(await changesOf({})).toEqual([]);
    expect(await changesOf({ principal: ADMIN, status: 409 })).toEqual([]);
    expect(await send({ principal: ADMIN, fails: true })).toMatchObject({ status: 500, changes: [] });
  });

  it('answers a change that it could not write down with an error', async () => {
    const { status, body } = await send({ principal: ADMIN, auditFails: true });
    expect(status).toBe(500);
    expect(body).not.toContain('answer');
  });
});
