import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.js';

const MEANING = {
  400: 'The request is wrong; `errors` names every field.',
  401: 'No credential, or one that is not valid.',
  403: 'The credential may not do this.',
  404: 'There is no such thing, or none this caller may know of.',
  409: 'The request contradicts what is stored; `code` says how.',
  413: 'The body is larger than this server accepts.',
  503: 'The database cannot be reached; try again after `Retry-After` seconds.',
} as const;

type Status = keyof typeof MEANING;

/** Documents the errors of a route; 401, 403 and 503 can happen everywhere. */
export function ApiProblems(...statuses: Status[]): ClassDecorator & MethodDecorator {
  const all = [...new Set<Status>([...statuses, 401, 403, 503])].sort((left, right) => left - right);
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...all.map((status) =>
      ApiResponse({
        status,
        description: MEANING[status],
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
}
