import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import type { AccessedRequest } from './access-rules.js';
import { AuditTrail, INSTALLATION } from './audit-trail.js';
import { actorOf, type Principal } from './principal.js';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Route patterns of an application's daily traffic: messages say who sent them, and imports and reading would drown the rest. */
const TRAFFIC = /^\/api\/v1\/messages(\/|$)|\/(inbox|import)(\/|$)/;

function isAdministration(principal: Principal, request: AccessedRequest): boolean {
  if (!CHANGING.has(request.method)) return false;
  return principal.kind === 'admin' || !TRAFFIC.test(request.routeOptions.url ?? '');
}

/**
 * Writes down every change that succeeded, before it is answered: a change whose entry cannot be written is answered with an error, so
 * that nobody takes it for recorded. Dialects identify their callers themselves and are not covered.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly auditTrail: AuditTrail) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AccessedRequest>();
    const { principal } = request;
    if (principal === undefined || !isAdministration(principal, request)) return next.handle();
    const { body } = request;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (reply.statusCode < 400) await this.record(principal, request, body, reply.statusCode);
        return answer;
      }),
    );
  }

  private record(principal: Principal, request: AccessedRequest, body: unknown, status: number): Promise<void> {
    return this.auditTrail.record({
      organisationId: request.caller?.organisationId ?? INSTALLATION,
      actor: actorOf(principal),
      method: request.method,
      path: request.url.replace(/[?#].*$/s, ''),
      status,
      request: body,
      address: request.ip,
    });
  }
}
