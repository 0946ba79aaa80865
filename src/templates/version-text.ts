import type { TemplateContents } from './template-version.entity.js';
import type { DeclaredVariable } from './rendering/declared-variables.js';

/** What an author hands in for a version; nothing of it is checked yet. */
export interface VersionText {
  /** Content by channel kind, then by locale. */
  contents: unknown;
  /** Left out: derived from the texts. */
  variables?: readonly DeclaredVariable[];
  /** What messages of it ask of vendors; left out: nothing. */
  options?: Readonly<Record<string, unknown>>;
}

/** A version's text after its check, as it is stored. */
export interface CheckedVersionText {
  contents: TemplateContents;
  variables: DeclaredVariable[];
  /** Where the texts use variables that are not declared; allowed in a draft. */
  undeclared: VariableUse[];
}

/** One content's use of one variable. */
export interface VariableUse {
  /** Dotted, as the text has it: `order.id`. */
  name: string;
  /** The content's place: `contents.sms.zh-CN`. */
  path: string;
}
