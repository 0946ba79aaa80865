import { InvalidRequest } from '../../common/problem.js';
import type { WordField } from './bodies/said.js';
import { Refusal, STATUSES } from './statuses.js';

/** Refusals of a message, by code, that mean the push is switched off. */
const SWITCHED_OFF: ReadonlySet<string> = new Set(['channel_disabled']);

/** A refusal of the message with the fields named as the caller sent them; anything else as it is. */
export function toWireError(error: unknown, places: Partial<Record<WordField, string>> = {}): unknown {
  if (!(error instanceof InvalidRequest)) return error;
  if (SWITCHED_OFF.has(error.code)) return new Refusal(STATUSES.applicationUnsupported);
  const errors = error.errors.map(({ path, message }) => ({ path: wirePath(path, places), message }));
  return new InvalidRequest(errors, error.code);
}

function wirePath(path: string, places: Partial<Record<WordField, string>>): string {
  const [, field] = /^content\.[^.]+\.(title|text|html|url)$/.exec(path) ?? [];
  if (field !== undefined) return places[field as WordField] ?? 'body';
  if (path.startsWith('content')) return 'body';
  const [, variable] = /^(?:template\.)?params\.(.+)$/.exec(path) ?? [];
  if (variable !== undefined) return `body.data.${variable}`;
  if (path.startsWith('template') || path.startsWith('recipient')) return 'body.template_id';
  if (path.startsWith('audience.scopes')) return 'scopes';
  return path.startsWith('audience') ? 'client_ids' : path;
}
