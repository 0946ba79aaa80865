import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, InvalidRequest } from './problem.js';
import { quickInstance } from './quick-instance.js';

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

/** Takes a body that keeps every rule by the quick way; whatever else comes is looked into, and told of, by the thorough one. */
class QuickBodyPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    const made = type === 'body' && metatype !== undefined ? quickInstance(metatype, value) : undefined;
    return made === undefined ? super.transform(value, metadata) : Promise.resolve(made);
  }
}

/** Checks every DTO; unknown fields are refused, so that a typing error is never silently ignored. */
export function validation(): ValidationPipe {
  return new QuickBodyPipe({
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
