import { InvalidRequest } from '../../common/problem.js';
import type { Priority } from '../../messages/message-request.js';
import type { WireObject } from './wire-object.js';

/** The document gives its two calls two scales, in both a larger number is more urgent; the other's extreme is understood. */
const SCALES: Readonly<Record<'channel' | 'template', readonly Priority[]>> = {
  channel: ['low', 'low', 'normal', 'high'],
  template: ['low', 'normal', 'high', 'high'],
};

export function readPriority(push: WireObject, scale: keyof typeof SCALES): Priority {
  const text = push.code('priority');
  if (text === undefined) return 'normal';
  const priority = /^\d$/.test(text) ? SCALES[scale][Number(text)] : undefined;
  if (priority === undefined) throw InvalidRequest.at(push.at('priority'), 'must be 0, 1, 2 or 3');
  return priority;
}
