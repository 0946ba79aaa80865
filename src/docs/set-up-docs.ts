import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { API_NAMES, type ApiDocument, apiDocuments } from './api-documents.js';

/**
 * Serves Swagger UI at `/docs` with one definition per API, and the documents at `/docs-json` and `/docs-json/<name>`. They are made
 * when the first is asked for: a start must not wait for them.
 */
export function setUpDocs(app: NestFastifyApplication): void {
  let made: ApiDocument[] | undefined;
  const documentOf = (wanted: string): ApiDocument['document'] => {
    made ??= apiDocuments(app);
    const found = made.find(({ name }) => name === wanted);
    if (found === undefined) throw new Error(`There is no API document ${wanted}`);
    return found.document;
  };
  const [native] = API_NAMES;
  if (native === undefined) return;
  const fastify = app.getHttpAdapter().getInstance();
  for (const { name } of API_NAMES) {
    fastify.get(`/docs-json/${name}`, (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(documentOf(name)),
    );
  }
  SwaggerModule.setup('docs', app, () => documentOf(native.name), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    explorer: true,
    customSiteTitle: 'Tidings API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      docExpansion: 'none',
      tagsSorter: 'alpha',
      urls: API_NAMES.map(({ name, title }) => ({ name: title, url: `/docs-json/${name}` })),
      'urls.primaryName': native.title,
    },
  });
}
