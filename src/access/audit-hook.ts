import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AccessedRequest } from './access-rules.js';
import { AuditTrail, INSTALLATION } from './audit-trail.js';
import { actorOf, type Principal } from './principal.js';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Route patterns of an application's daily traffic: messages say who sent them, and imports and reading would drown the rest. */
const TRAFFIC = /^\/api\/v1\/messages(\/|$)|\/(inbox|import|live-tokens)(\/|$)/;

function isAdministration(principal: Principal, request: AccessedRequest): boolean {
  if (!CHANGING.has(request.method)) return false;
  return principal.kind === 'admin' || !TRAFFIC.test(request.routeOptions.url ?? '');
}

/**
 * Writes down every change that succeeded, before it is answered: a change whose entry cannot be written is answered with an error, so
 * that nobody takes it for recorded. Dialects identify their callers themselves and are not covered.
 *
 * A hook of the HTTP server and no interceptor, whose chain of observables every request would pass, the daily traffic above all.
 */
@Injectable()
export class AuditHook {
  constructor(private readonly auditTrail: AuditTrail) {}

  /** Call before the server is ready. */
  register(fastify: FastifyInstance): void {
    fastify.addHook('onSend', async (request: AccessedRequest, reply) => {
      const { principal } = request;
      if (principal === undefined || reply.statusCode >= 400 || !isAdministration(principal, request)) return;
      await this.record(principal, request, reply);
    });
  }

  private record(principal: Principal, request: AccessedRequest, reply: FastifyReply): Promise<void> {
    return this.auditTrail.record({
      organisationId: request.caller?.organisationId ?? INSTALLATION,
      actor: actorOf(principal),
      method: request.method,
      path: request.url.replace(/[?#].*$/s, ''),
      status: reply.statusCode,
      request: request.body,
      address: request.ip,
    });
  }
}
