import type { TemplateVersionContent } from '../templates/template-directory.js';
import type { ChosenChannels } from './choose-channels.js';
import type { Unresolved } from './message-request.js';
import type { ResolvedAudience } from './resolved-message.js';

/** A request with its codes looked up and everything checked. */
export interface PreparedMessage extends ChosenChannels {
  audience: ResolvedAudience;
  unresolved: Unresolved;
  template: TemplateVersionContent | null;
  sendAt: Date | null;
}
