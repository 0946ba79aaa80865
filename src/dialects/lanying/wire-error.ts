import { InvalidRequest } from '../../common/problem.js';

/** Where a field of the message stands in the document's request; the first pattern that fits holds. */
const PATHS: readonly [RegExp, string][] = [
  [/^content\.[^.]+\.text$/, 'message.body'],
  [/^content\.[^.]+\.(.+)$/, 'message.$1'],
  [/^content(\..+)?$/, 'message'],
  [/^options\.push(\..+)?$/, 'message$1'],
  [/^audience\.users.*$/, 'audience.user_id'],
  [/^audience\.tags.*$/, 'audience.tag'],
  [/^audience\.aliases.*$/, 'audience.alias'],
  [/^audience\.endpoints.*$/, 'audience.push_token'],
  [/^(?:expiresAt|sendAt)$/, 'message.show_end_time'],
];

/** A refusal of the message with the fields named as the caller sent them; anything else as it is. */
export function toWireError(error: unknown): unknown {
  if (!(error instanceof InvalidRequest) || error.errors.length === 0) return error;
  const errors = error.errors.map(({ path, message }) => ({ path: wirePath(path), message }));
  return new InvalidRequest(errors, error.code);
}

function wirePath(path: string): string {
  const found = PATHS.find(([pattern]) => pattern.test(path));
  return found === undefined ? path : path.replace(found[0], found[1]);
}
