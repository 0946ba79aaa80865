import { type FieldError, InvalidRequest } from '../../common/problem.js';
import { parseReference } from '../../messages/reference.js';

export const MOST_IDS = 200;
export const MOST_ITEMS = 100;
const USUAL_ITEMS = 50;
const LONGEST_CURSOR = 200;

type Reference = NonNullable<ReturnType<typeof parseReference>>;

/** The fields of a request; every other field is an error. */
function fieldsOf<Name extends string>(request: unknown, names: readonly Name[]): Partial<Record<Name, unknown>> {
  const given = request ?? {};
  if (typeof given !== 'object' || Array.isArray(given) || Object.getPrototypeOf(given) !== Object.prototype)
    throw InvalidRequest.at('request', 'must be an object');
  const unknown = Object.keys(given).filter((key) => !names.some((name) => name === key));
  if (unknown.length > 0)
    throw new InvalidRequest(
      unknown.map((key) => ({ path: key.slice(0, 64), message: 'is not a field of this request' })),
    );
  return given;
}

/** `read`: which deliveries are meant. */
export function readIds(request: unknown): Reference[] {
  const { ids } = fieldsOf(request, ['ids']);
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_IDS)
    throw InvalidRequest.at('ids', `must be a list of 1 to ${MOST_IDS} ids`);
  const errors: FieldError[] = [];
  const references = ids.flatMap((id: unknown, index) => {
    const reference = typeof id === 'string' ? parseReference(id) : undefined;
    if (reference === undefined) errors.push({ path: `ids[${index}]`, message: 'is not an id of an item' });
    return reference === undefined ? [] : [reference];
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
  return references;
}

/** `read-all`: says nothing more. */
export function readNothing(request: unknown): void {
  fieldsOf(request, []);
}

/** `list`: which page. */
export function readPage(request: unknown): { cursor?: string; limit: number } {
  const { cursor, limit = USUAL_ITEMS } = fieldsOf(request, ['cursor', 'limit']);
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS)
    throw InvalidRequest.at('limit', `must be a whole number from 1 to ${MOST_ITEMS}`);
  if (cursor === undefined || cursor === null) return { limit };
  if (typeof cursor !== 'string' || cursor.length > LONGEST_CURSOR)
    throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return { cursor, limit };
}
