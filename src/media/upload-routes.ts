import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { RouteConfig } from '@nestjs/platform-fastify';

/** What the router knows of a route that takes files. */
interface UploadConfig {
  uploads?: { jsonBytes: number };
}

const MULTIPART = /^\s*multipart\/form-data\b/i;

const uploadsOf = (config: unknown): UploadConfig['uploads'] => (config as UploadConfig | undefined)?.uploads;

/** Marks a route that takes files: as multipart/form-data, or inside a JSON body of at most `jsonBytes`. */
export const TakesUploads = (jsonBytes: number): MethodDecorator =>
  RouteConfig({ uploads: { jsonBytes } } satisfies UploadConfig);

/** To be called before routes are registered. */
export function openUploadRoutes(adapter: FastifyAdapter): void {
  adapter.useMultipart();
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    const uploads = uploadsOf(route.config);
    if (uploads !== undefined) route.bodyLimit = uploads.jsonBytes;
  });
  // Everywhere else a form is what any other unknown type is: the multipart parser would leave such a body unread.
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (MULTIPART.test(headers['content-type'] ?? '') && uploadsOf(request.routeOptions.config) === undefined) {
      headers['content-type'] = 'application/octet-stream';
    }
    done();
  });
}
