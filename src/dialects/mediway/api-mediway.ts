import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { readTolerantJson } from '../tolerant-json.js';
import { MediwayReplyDto } from './reply.dto.js';

/** Failures, with the msg each has. */
const FAILURES = {
  '400': { code: 400, msg: '参数有误：receiverType: must be all, specified or custom' },
  '401': { code: 401, msg: '身份验证失败' },
  '404': { code: 404, msg: '请求资源不存在' },
  '500': { code: 500, msg: '服务器内部错误' },
} as const;

const MEANING = {
  '400': 'A wrong parameter, or a body that cannot be read.',
  '401': 'Unknown or switched-off appId, a wrong token, or a call from another address than the settings allow.',
  '404': 'No such channel or template code.',
  '500': 'Our fault; it has been logged.',
} as const;

const STATUSES = ['400', '401', '404', '500'] as const;

interface Example {
  summary: string;
  value: unknown;
}

interface MediwayRoute {
  summary: string;
  description: string;
  reply: Type;
  /** What a success looks like. */
  success: object;
}

/** Documents a route: every reply is HTTP 200 with a code of its own, unless the application wants the status to follow it. */
export function ApiMediway({ summary, description, reply, success }: MediwayRoute): MethodDecorator {
  const examples: Record<string, Example> = { '200': { summary: 'Accepted.', value: success } };
  for (const code of STATUSES) examples[code] = { summary: MEANING[code], value: FAILURES[code] };
  const schema = { $ref: getSchemaPath(reply) };
  const failure = { $ref: getSchemaPath(MediwayReplyDto) };
  return applyDecorators(
    ApiOperation({ summary, description, security: [] }),
    ApiExtraModels(reply, MediwayReplyDto),
    ApiQuery({
      name: 'access_token',
      required: false,
      schema: { type: 'string' },
      description:
        "The application's access token, needed only where its settings say `auth: token`. Read from, in this order: " +
        '`Authorization: Bearer`, the header `token`, the header `access-token`, this parameter.',
    }),
    ApiResponse({
      status: 200,
      description: 'The reply; `code` says what became of the call.',
      content: { 'application/json': { schema, examples } },
    }),
    ...STATUSES.map((code) =>
      ApiResponse({
        status: Number(code),
        description: `Only where the application's settings say \`mirrorHttpStatus\`. ${MEANING[code]}`,
        content: { 'application/json': { schema: failure, example: FAILURES[code] } },
      }),
    ),
  );
}

/** A request the document prints, as valid JSON: what it prints is not always. */
export function printedExample(summary: string, text: string): Example {
  return { summary, value: readTolerantJson(text) };
}
