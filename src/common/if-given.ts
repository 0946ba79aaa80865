import { ValidateIf } from 'class-validator';

/** A field that may be left out but, unlike under `@IsOptional()`, not be null: its column always has a value. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
