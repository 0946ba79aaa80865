import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { apiDocuments } from './api-documents.js';

/** Serves Swagger UI at `/docs` with one definition per API, and the documents at `/docs-json` and `/docs-json/<name>`. */
export function setUpDocs(app: NestFastifyApplication): void {
  const [native, ...dialects] = apiDocuments(app);
  if (native === undefined) return;
  const fastify = app.getHttpAdapter().getInstance();
  for (const { name, document } of [native, ...dialects]) {
    fastify.get(`/docs-json/${name}`, (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(document),
    );
  }
  SwaggerModule.setup('docs', app, native.document, {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    explorer: true,
    customSiteTitle: 'Tidings API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      docExpansion: 'none',
      tagsSorter: 'alpha',
      urls: [native, ...dialects].map(({ name, title }) => ({ name: title, url: `/docs-json/${name}` })),
      'urls.primaryName': native.title,
    },
  });
}
