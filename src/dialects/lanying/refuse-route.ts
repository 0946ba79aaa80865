import { MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** What is not served: HTTP 405 with the verbs that are for a path there is, HTTP 404 for any other. */
export function refuseRoute(verbs: ReadonlyMap<string, string>, path: string, reply: FastifyReply): never {
  const allowed = verbs.get(path);
  if (allowed === undefined) throw new NotFoundException();
  void reply.header('Allow', allowed);
  throw new MethodNotAllowedException();
}
