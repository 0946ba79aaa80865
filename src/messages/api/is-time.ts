import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { parseTime } from './time-with-zone.js';

/** A time in ISO 8601 that says its zone, so that nobody has to guess whose morning is meant. */
export const IsTime = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'string', format: 'date-time' }),
    ValidateBy(
      {
        name: 'isTime',
        validator: { validate: (value) => typeof value === 'string' && parseTime(value) !== undefined },
      },
      {
        message: 'must be a time in ISO 8601 with its zone, such as 2026-12-01T08:00:00+08:00 or 2026-12-01T00:00:00Z',
      },
    ),
  );
