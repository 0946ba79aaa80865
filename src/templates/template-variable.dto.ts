import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsBoolean, IsIn, IsString, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { type DeclaredVariable, VARIABLE_TYPES, type VariableType } from './rendering/declared-variables.js';

const ANY_JSON = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'object', additionalProperties: true },
    { type: 'array', items: {} },
  ],
};

/** A variable that the texts of a version use. */
export class TemplateVariableDto {
  /**
   * As it stands in the text: `name` for `${name}`, and `order` for `${order.id}`; 1 to 64 characters. The person a message goes to is
   * always there as `recipient` and is not declared.
   * @example 'name'
   */
  @Length(1, 64)
  @IsString()
  name: string;

  /**
   * What values it takes; a `string` takes any single value.
   * @example 'string'
   */
  @IsIn(VARIABLE_TYPES)
  @IfGiven()
  @ApiPropertyOptional({ enum: VARIABLE_TYPES, default: 'string' })
  type: VariableType = 'string';

  /**
   * Whether a message must give it. One with a default is never missing.
   * @example true
   */
  @IsBoolean()
  @IfGiven()
  @ApiPropertyOptional()
  required: boolean = true;

  /**
   * One sentence for whoever fills it in; at most 500 characters.
   * @example 'How the person is addressed'
   */
  @MaxLength(500)
  @IsString()
  @IfGiven()
  description?: string;

  /**
   * A value to try with.
   * @example 'Li Lei'
   */
  @Allow()
  @ApiPropertyOptional(ANY_JSON)
  example?: unknown;

  /**
   * Used when a message gives none; of the declared type.
   * @example 'customer'
   */
  @Allow()
  @ApiPropertyOptional(ANY_JSON)
  default?: unknown;
}

export function toDeclaredVariable(dto: TemplateVariableDto): DeclaredVariable {
  const { name, type, required, description, example, default: value } = dto;
  return {
    name,
    type,
    required,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
    ...(value !== undefined && { default: value }),
  };
}
