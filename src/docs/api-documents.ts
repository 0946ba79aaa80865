import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** One definition in the documentation: the native API, or one dialect. */
export interface ApiDocument {
  /** Last part of its URL: `/docs-json/<name>`; the native one is at `/docs-json`. */
  name: string;
  title: string;
  document: OpenAPIObject;
}

interface Definition {
  name: string;
  title: string;
  description: string;
  /** Paths that belong to it start with this, or with one of these; the native definition takes what no dialect does. */
  prefix?: string | readonly string[];
}

const DEFINITIONS: readonly Definition[] = [
  {
    name: 'native',
    title: 'Tidings API',
    description:
      'One call sends a message to users, departments, posts, roles, tags, devices or addresses, through inbox, SMS, e-mail and push, ' +
      'now or later. Authenticate with `Authorization: Bearer <key>`; the admin key also names an organisation in `X-Organisation`. ' +
      'Errors are `application/problem+json` with a stable `code`.',
  },
  {
    name: 'lanying',
    title: 'Lanying push (dialect)',
    prefix: ['/push/', '/user/', '/token/'],
    description:
      'The push part of the Lanying (MaxIM) server API, served bit for bit: its callers change the host name and nothing else. ' +
      'Callers send the headers `app_id` and `access-token`; replies are HTTP 200 with a `code` in the body.',
  },
  {
    name: 'mediway',
    title: 'Mediway message centre (dialect)',
    prefix: '/api/openApi/',
    description:
      'The open API of the Mediway hospital message centre, served bit for bit: its callers change the host name and nothing else. ' +
      'Replies are HTTP 200 with a `code` in the body.',
  },
  {
    name: 'mobileark',
    title: 'MobileArk gateway (dialect)',
    prefix: '/thirdpartaccess',
    description:
      'The MobileArk gateway with its pushing methods, served bit for bit: its callers change the host name and nothing else. ' +
      'Requests are signed forms; replies are HTTP 200, and only an error has a `code`.',
  },
  {
    name: 'workplus',
    title: 'WorkPlus application messages (dialect)',
    prefix: '/v1/',
    description:
      'The open platform of WorkPlus, as far as applications push messages with it: tokens, messages, media, templates. Its callers ' +
      'change the host name and nothing else. Replies are HTTP 200 with a `status` in the body; 0 is success.',
  },
];

/** The definitions, without their documents. */
export const API_NAMES: readonly Pick<ApiDocument, 'name' | 'title'>[] = DEFINITIONS;

/** Builds every definition from the application's own routes; a few hundred milliseconds. */
export function apiDocuments(app: INestApplication): ApiDocument[] {
  const everything = SwaggerModule.createDocument(app, new DocumentBuilder().build(), {
    operationIdFactory: (_controller, method) => method,
  });
  const dialects = DEFINITIONS.flatMap(({ prefix = [] }) => prefix);
  return DEFINITIONS.map((definition) => {
    const own = definition.prefix === undefined ? undefined : [definition.prefix].flat();
    const belongs = (path: string): boolean =>
      own === undefined
        ? !dialects.some((prefix) => path.startsWith(prefix))
        : own.some((prefix) => path.startsWith(prefix));
    return { name: definition.name, title: definition.title, document: build(everything, definition, belongs) };
  });
}

function build(
  everything: OpenAPIObject,
  { title, description, prefix }: Definition,
  belongs: (path: string) => boolean,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/');
  if (prefix === undefined)
    builder.addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'The admin key or an application key.' },
      'key',
    );
  const head = builder.build();
  const paths = Object.fromEntries(Object.entries(everything.paths).filter(([path]) => belongs(path)));
  const components = { ...everything.components, ...head.components };
  return { ...withUsedSchemas({ ...head, paths, components }), openapi: '3.0.3' };
}

/** Leaves out schemas that no kept path refers to, directly or through another schema. */
function withUsedSchemas(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit(document.paths);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...document.components, schemas: kept } };
}
