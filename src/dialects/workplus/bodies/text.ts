import { given, type WireFields } from '../wire-fields.js';
import type { Said } from './said.js';

/** TEXT: plain words. */
export function readText(body: WireFields): Said {
  const content = body.requiredText('content');
  return {
    words: { text: content },
    body: given({ at_all: body.flag('at_all'), content, '@target_url': body.text('@target_url') }),
    mediaIds: [],
    places: { text: body.at('content') },
  };
}
