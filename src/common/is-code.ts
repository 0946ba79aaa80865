import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches, type ValidationOptions } from 'class-validator';

/** Codes stand in paths (`recipients/USER001`), where `~` starts an id; none of these may be mistaken for the path's own. */
const CODE = /^[^\s~/:?#][^\s/?#]*$/;

/**
 * A code its owner chose: 1 to 64 characters, no blanks, no `/`, `?` or `#`, and not starting with `~` or `:`.
 * With `{ each: true }` every item of a list is one.
 */
export const IsCode = (options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(
    ...(options?.each ? [] : [ApiProperty({ minLength: 1, maxLength: 64, pattern: CODE.source })]),
    IsString(options),
    Length(1, 64, options),
    Matches(CODE, { message: 'must not hold blanks, "/", "?" or "#", nor start with "~" or ":"', ...options }),
  );
