import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { readTolerantJson } from '../tolerant-json.js';
import { WorkPlusFailureDto } from './envelope.dto.js';
import { STATUSES, type WireStatus, wrongParameter } from './statuses.js';
import { toSuccess } from './to-response.js';

interface Example {
  summary: string;
  value: unknown;
}

interface WorkPlusRoute {
  summary: string;
  description: string;
  /** What `result` holds; left out: a text. */
  result?: Type;
  /** A `result`, as an example. */
  example: unknown;
  /** The failures a caller may meet beside a wrong token. */
  failures?: readonly WireStatus[];
  /** Whether the call needs a token. */
  token?: boolean;
  /** What the call sends, where it is not one type of content alone. */
  content?: Record<string, { schema: object; examples?: Record<string, Example> }>;
}

/** Documents a route: every reply is HTTP 200 with a status of its own. */
export function ApiWorkPlus(route: WorkPlusRoute): MethodDecorator {
  const { summary, description, result, example, failures = [], token = true, content } = route;
  const all = token ? [STATUSES.tokenNotFound, ...failures] : failures;
  const examples: Record<string, Example> = { '0': { summary: 'Done.', value: toSuccess(example) } };
  for (const failure of all) examples[String(failure.status)] = { summary: failure.message, value: failure };
  const success = {
    type: 'object',
    required: ['status', 'message', 'result'],
    properties: {
      status: { type: 'integer', example: 0 },
      message: { type: 'string', example: 'Everything is ok.' },
      result: result === undefined ? { type: 'string' } : { $ref: getSchemaPath(result) },
    },
  };
  return applyDecorators(
    ApiOperation({
      summary,
      description,
      security: [],
      ...(content === undefined ? {} : { requestBody: { required: true, content } }),
    }),
    ApiExtraModels(WorkPlusFailureDto, ...(result === undefined ? [] : [result])),
    ...(token ? [ApiToken()] : []),
    ApiResponse({
      status: 200,
      description: 'The reply; `status` says what became of the call: 0 is success.',
      content: {
        'application/json': { schema: { anyOf: [success, { $ref: getSchemaPath(WorkPlusFailureDto) }] }, examples },
      },
    }),
    ApiOtherVerbs(),
  );
}

/** The only refusal that shows in the HTTP status. */
export const ApiOtherVerbs = (): MethodDecorator =>
  ApiResponse({
    status: 405,
    description: 'Another verb than the path has; `Allow` names those it has.',
    content: {
      'application/json': {
        schema: { $ref: getSchemaPath(WorkPlusFailureDto) },
        example: { status: 405, message: 'Method Not Allowed' },
      },
    },
  });

/** The token that `POST /v1/token` gives. */
export const ApiToken = (): MethodDecorator =>
  ApiQuery({
    name: 'access_token',
    required: false,
    schema: { type: 'string' },
    description: '访问令牌. Looked for here first, then in the body, then in `Authorization: Bearer`.',
  });

export const ANY_WRONG_PARAMETER = wrongParameter('body.content');

/** A request the document prints, as valid JSON: what it prints is not always. */
export function printedExample(summary: string, text: string): Example {
  return { summary, value: readTolerantJson(text) };
}
