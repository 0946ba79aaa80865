import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, InvalidRequest } from './problem.js';

function flatten(errors: ValidationError[], parent: string): FieldError[] {
  return errors.flatMap((error) => {
    const name = /^\d+$/.test(error.property)
      ? `[${error.property}]`
      : parent === ''
        ? error.property
        : `.${error.property}`;
    const path = `${parent}${name}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      path,
      message:
        rule === 'whitelistValidation' ? 'is not a field of this request' : message.replace(`${error.property} `, ''),
    }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** Checks every DTO; unknown fields are refused, so that a typing error is never silently ignored. */
export function validation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors: ValidationError[]) => {
      const fields = flatten(errors, '');
      return new InvalidRequest(fields.length > 0 ? fields : [{ path: 'body', message: 'must be a JSON object' }]);
    },
  });
}
