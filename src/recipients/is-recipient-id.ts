import { ValidateBy } from 'class-validator';

/** Fifteen digits are exact in every JSON reader, and leave enough numbers above them for everybody else's. */
const ID = /^[1-9]\d{0,14}$/;

/** The id of a person as another system knows it, as text or as a number. */
export const IsRecipientId = (): PropertyDecorator =>
  ValidateBy({
    name: 'isRecipientId',
    validator: {
      validate: (value: unknown) => (typeof value === 'string' || typeof value === 'number') && ID.test(String(value)),
      defaultMessage: () => 'must be a whole number from 1 to 999999999999999',
    },
  });
