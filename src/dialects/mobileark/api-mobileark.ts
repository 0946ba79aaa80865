import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { EXAMPLE_SECRET, type Form, MOBILEARK_EXAMPLES } from './examples.js';
import { ImPushDto } from './im-push.dto.js';
import { ImPushReplyDto, MobilearkErrorDto, SmsPushReplyDto, SystemPushReplyDto } from './reply.dto.js';
import { SignatureDto } from './sign-helper.dto.js';
import { SmsPushDto } from './sms-push.dto.js';
import { SystemPushDto } from './system-push.dto.js';
import { toFailure } from './to-response.js';
import { businessError, MobilearkError, missingParameters } from './wire-error.js';

const FORM = 'application/x-www-form-urlencoded';
const REQUESTS: Type[] = [ImPushDto, SystemPushDto, SmsPushDto];
const REPLIES: Type[] = [ImPushReplyDto, SystemPushReplyDto, SmsPushReplyDto, MobilearkErrorDto];

interface Example {
  summary: string;
  value: unknown;
}

const REPLY_EXAMPLES: Record<string, Example> = {
  impush: { summary: 'mobileark.impush', value: { resultCode: '0', resultMsg: '部分接收者无效：im_nobody' } },
  syspush: {
    summary: 'mobileark.syspush',
    value: { resultCode: '2', failloginid: ['nobody'], faildepid: [] },
  },
  smspush: { summary: 'mobileark.smspush', value: { resultCode: '0' } },
  signature: { summary: 'Wrong signature', value: toFailure(new MobilearkError('1025')) },
  missing: { summary: 'Parameters missing', value: toFailure(missingParameters(['loginIds', 'depUuids'])) },
  business: {
    summary: 'Unknown organisation',
    value: toFailure(businessError('mobileark.syspush', 'unknownOrganisation')),
  },
};

interface FormField {
  type: 'string';
  example: string;
}

/** Every parameter of any method as one form; those of `filled` with a value, the others empty, so that they are not sent. */
function formFields(filled: Form): Record<string, FormField> {
  const names = ['method', 'v', 'appKey', ...Object.values(MOBILEARK_EXAMPLES).flatMap((form) => Object.keys(form))];
  return Object.fromEntries(
    [...new Set(names)].map((name): [string, FormField] => [name, { type: 'string', example: filled[name] ?? '' }]),
  );
}

/** HTTP errors are none of the gateway's. */
const ApiNoHttpError = (): MethodDecorator =>
  ApiResponse({ status: 400, description: 'Only for what is no HTTP request: every error of the gateway is a 200.' });

/** Documents the gateway: one path for all methods, whose parameters are those of `method` and `v`. */
export function ApiGateway(): MethodDecorator {
  const examples = Object.fromEntries(
    Object.entries(MOBILEARK_EXAMPLES).map(([name, value]): [string, Example] => [
      name,
      { summary: `${value.method} ${value.v}${value.type === undefined ? '' : `, type ${value.type}`}`, value },
    ]),
  );
  return applyDecorators(
    ApiOperation({
      summary: 'Call a method: mobileark.impush, mobileark.syspush or mobileark.smspush',
      description:
        'All methods are called here, with their name in `method`; parameters may stand in the query as well. The examples are signed ' +
        `with the secret \`${EXAMPLE_SECRET}\`; change a parameter, and the signature must be made anew. Errors are HTTP 200 with a ` +
        '`code`, which a success never has. The id of the message stands in the header `X-Message-Id`.',
      security: [],
    }),
    ApiExtraModels(...REQUESTS, ...REPLIES),
    ApiConsumes(FORM),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        properties: formFields(MOBILEARK_EXAMPLES.syspush),
        anyOf: REQUESTS.map((type) => ({ $ref: getSchemaPath(type) })),
      },
      examples,
    }),
    ApiResponse({
      status: 200,
      description: 'The reply of the method, or an error.',
      headers: {
        'X-Message-Id': { description: 'Id of the message that was made, if one was.', schema: { type: 'string' } },
      },
      content: {
        'application/json': {
          schema: { anyOf: REPLIES.map((type) => ({ $ref: getSchemaPath(type) })) },
          examples: REPLY_EXAMPLES,
        },
      },
    }),
    ApiNoHttpError(),
  );
}

/** Documents the helper that signs. */
export function ApiSignHelper(): MethodDecorator {
  const { sign: _, ...unsigned } = MOBILEARK_EXAMPLES.syspush;
  const form = { ...unsigned, secret: EXAMPLE_SECRET };
  const { sign: _sign, ...fields } = formFields(unsigned);
  return applyDecorators(
    ApiOperation({
      summary: 'Sign a request (extension)',
      description:
        'Takes the parameters of a request and a `secret`, and returns the signature. It knows no secrets of its own and looks none up; ' +
        'it helps to try calls out here.',
      security: [],
    }),
    ApiExtraModels(SignatureDto, MobilearkErrorDto),
    ApiConsumes(FORM),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        properties: { secret: { type: 'string', example: EXAMPLE_SECRET }, ...fields },
        required: ['secret'],
      },
      examples: { syspush: { summary: `${unsigned.method} ${unsigned.v}`, value: form } },
    }),
    ApiResponse({
      status: 200,
      description: 'The signature, or an error.',
      content: {
        'application/json': {
          schema: { anyOf: [SignatureDto, MobilearkErrorDto].map((type) => ({ $ref: getSchemaPath(type) })) },
        },
      },
    }),
    ApiNoHttpError(),
  );
}
