import { ValidateBy } from 'class-validator';
import { IANAZone } from 'luxon';

/** There are some 600 names; the bound is for those who try spellings. */
const MOST_KNOWN = 1000;
const known = new Set<string>();

/** Asking for a zone costs far more than remembering it, and an import asks for the same few again and again. */
function isTimeZone(name: string): boolean {
  if (known.has(name)) return true;
  if (!/^[A-Za-z]/.test(name) || !IANAZone.isValidZone(name)) return false;
  if (known.size < MOST_KNOWN) known.add(name);
  return true;
}

/** The field names a time zone of the IANA database, such as `Asia/Shanghai`. */
export const IsTimeZone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => 'must be a time zone of the IANA database, such as "Asia/Shanghai"',
    },
  });
