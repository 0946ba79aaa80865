import { applyDecorators } from '@nestjs/common';
import { IsObject, ValidateBy } from 'class-validator';

const MOST_BYTES = 16 * 1024;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** A JSON object of at most 16 KiB. */
export const IsSettings = (): PropertyDecorator =>
  applyDecorators(
    IsObject({ message: 'must be an object' }),
    ValidateBy(
      { name: 'isSettings', validator: { validate: (value) => bytesOf(value) <= MOST_BYTES } },
      { message: 'must not exceed 16 KiB as JSON' },
    ),
  );
