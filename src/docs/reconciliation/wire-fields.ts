import type { OpenAPIObject } from '@nestjs/swagger';

/** Where on the wire a field stands. */
export type Place = 'header' | 'query' | 'path' | 'request' | 'reply';

/** One field of a dialect, with the calls that have it. */
export interface WireField {
  place: Place;
  /** Such as `message.ios.sound`; `[]` is an element of a list, `*` a name of the caller's. */
  name: string;
  calls: string[];
}

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
}
type Media = Record<string, { schema?: Schema }>;
interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content?: Media };
  responses?: Record<string, { content?: Media }>;
}

/** Every field of every call, as the API document of a dialect says it. */
export function wireFields(document: OpenAPIObject): WireField[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const fields = new Map<string, WireField>();
  const add = (place: Place, name: string, call: string): void => {
    const field = fields.get(`${place} ${name}`) ?? { place, name, calls: [] };
    if (!field.calls.includes(call)) field.calls.push(call);
    fields.set(`${place} ${name}`, field);
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [verb, value] of Object.entries(item)) {
      const operation = value as Operation;
      const call = `${verb.toUpperCase()} ${path}`;
      for (const { in: place, name } of operation.parameters ?? []) add(place as Place, name, call);
      for (const name of namesIn(operation.requestBody?.content, schemas)) add('request', name, call);
      for (const { content } of Object.values(operation.responses ?? {}))
        for (const name of namesIn(content, schemas)) add('reply', name, call);
    }
  }
  return [...fields.values()];
}

const namesIn = (content: Media | undefined, schemas: Record<string, Schema>): Set<string> =>
  new Set(Object.values(content ?? {}).flatMap(({ schema }) => [...names(schema ?? {}, '', schemas, [])]));

function* names(schema: Schema, prefix: string, schemas: Record<string, Schema>, seen: string[]): Generator<string> {
  const ref = schema.$ref?.split('/').at(-1);
  if (ref !== undefined) {
    const target = schemas[ref];
    if (target !== undefined && !seen.includes(ref)) yield* names(target, prefix, schemas, [...seen, ref]);
    return;
  }
  for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    yield* names(part, prefix, schemas, seen);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const full = prefix === '' ? name : `${prefix}.${name}`;
    yield full;
    yield* names(property, full, schemas, seen);
  }
  if (schema.items !== undefined) yield* names(schema.items, `${prefix}[]`, schemas, seen);
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') yield* names(additionalProperties, `${prefix}.*`, schemas, seen);
}
