import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { LANYING_MESSAGES, type LanyingCode, OK } from './lanying-codes.js';
import { LanyingFailureDto } from './reply.dto.js';
import { toSuccess } from './to-response.js';

/** What every call may fail with. */
const ALWAYS: readonly LanyingCode[] = [10002, 20000, 40000];
const WITH_TOKEN: readonly LanyingCode[] = [10003, 10008];

type SchemaLike = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** What `data` holds where that is no object. */
const PLAIN: Readonly<Record<'done' | 'number' | 'texts', SchemaLike>> = {
  done: { type: 'boolean' },
  number: { type: 'integer' },
  texts: { type: 'array', items: { type: 'string' } },
};

interface LanyingRoute {
  summary: string;
  description: string;
  /** Who may call: a token of any kind, only an admin token, or nobody needs one. */
  token: 'any' | 'admin' | 'none';
  /** What data holds. */
  data: Type | keyof typeof PLAIN;
  /** data is a list of these, or may be null. */
  form?: 'list' | 'nullable';
  /** An example of data. */
  success: unknown;
  /** Codes besides those that every call has. */
  codes?: readonly LanyingCode[];
}

/** Documents a route: its headers, and every reply it can have, which are HTTP 200 all of them. */
export function ApiLanying(route: LanyingRoute): MethodDecorator {
  const { summary, description, token, data } = route;
  const failed = { $ref: getSchemaPath(LanyingFailureDto) };
  return applyDecorators(
    ApiOperation({ summary, description, security: [] }),
    ApiExtraModels(LanyingFailureDto, ...(typeof data === 'string' ? [] : [data])),
    ApiHeader({
      name: 'app_id',
      required: true,
      schema: { type: 'string' },
      description: '应用ID; `app-id` is read as well.',
    }),
    ...(token === 'none' ? [] : tokenHeaders(token)),
    ApiResponse({
      status: 200,
      description: 'The reply; `code` says what became of the call.',
      content: { 'application/json': { schema: { anyOf: [doneSchema(route), failed] }, examples: examplesOf(route) } },
    }),
    ApiResponse({
      status: 405,
      description: 'Another verb than this path has; an unknown path is 404.',
      content: {
        'application/json': { schema: failed, example: { code: 405, data: null, message: 'Method Not Allowed' } },
      },
    }),
  );
}

/** A success, and each code the route may fail with. */
function examplesOf({ token, success, codes = [] }: LanyingRoute): Record<string, { summary: string; value: unknown }> {
  const all = [
    ...ALWAYS,
    ...(token === 'none' ? [] : WITH_TOKEN),
    ...(token === 'admin' ? [10010 as const] : []),
    ...codes,
  ].sort((one, other) => one - other);
  return {
    '200': { summary: 'Done.', value: toSuccess(success) },
    ...Object.fromEntries(all.map((code) => [code, { summary: LANYING_MESSAGES[code], value: failure(code) }])),
  };
}

function doneSchema({ data, form }: LanyingRoute): SchemaLike {
  const properties: Record<string, SchemaLike> = {
    code: { type: 'integer', enum: [OK] },
    data: dataSchema(data, form),
    message: { type: 'object', nullable: true, maxProperties: 0 },
  };
  return { type: 'object', required: ['code', 'data', 'message'], properties };
}

function tokenHeaders(token: 'any' | 'admin'): MethodDecorator[] {
  const schema = { type: 'string' };
  const whole = { type: 'integer', format: 'int64' };
  const kind = token === 'admin' ? 'An admin token.' : 'A user token, or an admin token with the header user_id.';
  return [
    ApiHeader({ name: 'access-token', required: true, schema, description: `令牌. ${kind}` }),
    ApiHeader({
      name: 'user_id',
      required: false,
      schema: whole,
      description: 'With an admin token: in whose name it calls.',
    }),
    ApiHeader({
      name: 'group_id',
      required: false,
      schema: whole,
      description: 'With an admin token; without effect here.',
    }),
  ];
}

function dataSchema(data: LanyingRoute['data'], form: LanyingRoute['form']): SchemaLike {
  if (typeof data === 'string') return PLAIN[data];
  const model = { $ref: getSchemaPath(data) };
  if (form === 'list') return { type: 'array', items: model };
  return form === 'nullable' ? { anyOf: [model, { type: 'object', nullable: true, maxProperties: 0 }] } : model;
}

function failure(code: LanyingCode): object {
  const detail = code === 10002 ? '：audience: is required' : '';
  return { code, data: null, message: `${LANYING_MESSAGES[code]}${detail}` };
}
