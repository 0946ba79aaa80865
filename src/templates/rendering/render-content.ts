import type { Content } from '../../channels/channel-kind.js';
import { InvalidRequest } from '../../common/problem.js';
import { MissingVariables, RECIPIENT_ROOT } from './missing-variables.js';
import type { Escape } from './print-value.js';
import { compileTemplate, type CompiledTemplate } from './template-text.js';

/** The person as a template sees it: `recipient.code`, `recipient.attributes.grade`. */
export interface TemplateRecipient {
  code: string;
  name?: string | null;
  locale?: string | null;
  attributes?: Readonly<Record<string, unknown>> | null;
}

/** Content made ready for many renderings. */
export interface CompiledContent {
  /** Dotted names that any field uses, each once. */
  readonly variables: readonly string[];
  /** Some field speaks of the person; otherwise one rendering holds for everybody. */
  readonly usesRecipient: boolean;
  /** @throws MissingVariables naming all that any field lacks */
  render(params: Readonly<Record<string, unknown>>, recipient?: TemplateRecipient): Content;
}

const FIELDS = { title: 'none', text: 'none', html: 'html', url: 'url', sign: 'none' } as const satisfies Partial<
  Record<keyof Content, Escape>
>;
type TextField = keyof typeof FIELDS;
const TEXT_FIELDS = Object.keys(FIELDS) as TextField[];

interface Slot {
  template: CompiledTemplate;
  escape: Escape;
  put: (content: Content, vendorParams: Record<string, string>, text: string) => void;
}

/** Runs `work` for each item and throws what all of them lack as one error. */
function collect<T>(items: Iterable<T>, work: (item: T) => void): void {
  const problems: InvalidRequest[] = [];
  for (const item of items) {
    try {
      work(item);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      problems.push(error);
    }
  }
  const [first] = problems;
  if (!first) return;
  if (problems.length === 1) throw first;
  if (problems.every((problem) => problem instanceof MissingVariables)) {
    throw new MissingVariables(problems.flatMap((problem) => problem.names));
  }
  throw new InvalidRequest(
    problems.flatMap((problem) => problem.errors),
    first.code,
  );
}

function slotsOf(content: Content, path: string): Slot[] {
  const slots: Slot[] = [];
  collect(TEXT_FIELDS, (field) => {
    const text = content[field];
    if (text === undefined) return;
    const put: Slot['put'] = (target, _params, rendered) => (target[field] = rendered);
    slots.push({ template: compileTemplate(text, `${path}.${field}`), escape: FIELDS[field], put });
  });
  collect(Object.entries(content.vendorTemplate?.params ?? {}), ([name, text]) => {
    const template = compileTemplate(text, `${path}.vendorTemplate.params.${name}`);
    slots.push({ template, escape: 'none', put: (_content, params, rendered) => (params[name] = rendered) });
  });
  return slots;
}

/** Title, text and sign are plain words, `html` and `url` escape their values; `ext` and the vendor's template id pass untouched. */
export function compileContent(content: Content, path = 'content'): CompiledContent {
  const slots = slotsOf(content, path);
  const usesRecipient = slots.some(({ template }) => template.usesRecipient);
  const { vendorTemplate } = content;
  return {
    variables: [...new Set(slots.flatMap(({ template }) => template.variables))],
    usesRecipient,
    render(params, recipient) {
      // Set even without a person, so that a caller's own `recipient` never stands in for one.
      const values = usesRecipient ? { ...params, [RECIPIENT_ROOT]: recipient } : params;
      const rendered = { ...content };
      const vendorParams: Record<string, string> = {};
      collect(slots, ({ template, escape, put }) => put(rendered, vendorParams, template.render(values, { escape })));
      if (vendorTemplate) rendered.vendorTemplate = { ...vendorTemplate, params: vendorParams };
      return rendered;
    },
  };
}

/** Renders once; for many people use `compileContent`. */
export function renderContent(
  content: Content,
  params: Readonly<Record<string, unknown>>,
  recipient?: TemplateRecipient,
): Content {
  return compileContent(content).render(params, recipient);
}
