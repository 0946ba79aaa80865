import { ValidateBy } from 'class-validator';

/** Most bytes of the attributes, written as JSON. */
const LARGEST = 16_384;

function areAttributes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Buffer.byteLength(JSON.stringify(value)) <= LARGEST;
}

/** The field is a JSON object of at most 16 KiB. */
export const IsAttributes = (): PropertyDecorator =>
  ValidateBy({
    name: 'isAttributes',
    validator: {
      validate: areAttributes,
      defaultMessage: () => `must be a JSON object of at most ${LARGEST} bytes`,
    },
  });
