import type { FastifyReply } from 'fastify';

/** As the gateway answers; a call proves itself by its signature, never by what a browser adds to it. */
export function allowAnyOrigin(reply: FastifyReply): void {
  void reply.header('Access-Control-Allow-Origin', '*');
}
