import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { Variable, type EnvironmentVariable } from './variable.js';

interface WholeNumberOptions extends Omit<EnvironmentVariable, 'allowed'> {
  min: number;
  max: number;
}

const readDigits = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text);

/** A variable holding a whole number within bounds. */
export function WholeNumber({ min, max, ...variable }: WholeNumberOptions): PropertyDecorator {
  const allowed = `a whole number from ${min} to ${max}`;
  return applyDecorators(Variable({ ...variable, allowed, read: readDigits }), IsInt(), Min(min), Max(max));
}
