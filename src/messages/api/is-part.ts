import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

const message = 'must be an object';

/** The field is an object of this class, and is checked as one. A list or null, which `@ValidateNested()` lets pass, is neither. */
export const IsPart = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(
    Type(type),
    ValidateNested({ message }),
    ValidateBy(
      {
        name: 'isPart',
        validator: { validate: (value) => value !== undefined && value !== null && !Array.isArray(value) },
      },
      { message },
    ),
  );
