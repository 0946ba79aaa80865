import { cursorId } from '../common/pagination.js';
import { InvalidRequest } from '../common/problem.js';

/** The id to go on after, for lists whose ids are 32-bit numbers; 0 without a cursor. */
export function smallCursor(cursor: string | undefined): number {
  const id = Number(cursorId(cursor) ?? 0);
  if (id > 2_147_483_647) throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return id;
}
