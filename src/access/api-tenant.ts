import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader } from '@nestjs/swagger';

/** Documents a controller whose routes act within one organisation. */
export const ApiTenant = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiBearerAuth('key'),
    ApiHeader({
      name: 'X-Organisation',
      required: false,
      description: 'Code of the organisation. Needed with the admin key; an application key belongs to one already.',
      schema: { type: 'string' },
    }),
  );
