import { Liquid, type Template } from 'liquidjs';
import { escapeText, scalarText, type Escape } from './print-value.js';
import { TEMPLATE_LIMITS } from './template-limits.js';

/** Nothing that reads files, nests templates, or captures text (which would be escaped twice). */
const TAGS = new Set(['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'comment', 'raw', '#']);

/**
 * Left out: `raw` (would switch escaping off), what escapes or encodes again, what evaluates a text as an expression
 * (`where_exp` …), and what gives another result each time (`sample`).
 */
const FILTERS = new Set(
  `abs append at_least at_most capitalize ceil compact concat date default divided_by downcase first floor join last lstrip map
  minus modulo plus prepend remove remove_first replace replace_first reverse round rstrip size slice sort split strip
  strip_newlines sum times truncate truncatewords uniq upcase where`.split(/\s+/),
);

/** An output whose result is a list, an object or nothing. */
export class UnprintableOutput extends Error {}

function createEngine(escape: Escape): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    // No file is ever looked for: tags that would are removed, and this map of templates is empty.
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    parseLimit: TEMPLATE_LIMITS.textBytes,
    memoryLimit: TEMPLATE_LIMITS.memory,
    renderLimit: TEMPLATE_LIMITS.milliseconds,
    // The same words on every machine: dates show in their own offset, in English unless the format is numeric.
    preserveTimezones: true,
    timezoneOffset: 0,
    locale: 'en-US',
    outputEscape: (value: unknown): string => {
      const text = scalarText(value);
      if (text === undefined) throw new UnprintableOutput('is not a single value that a text can show');
      return escapeText(text, escape);
    },
  });
  for (const name of Object.keys(engine.tags)) if (!TAGS.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!FILTERS.has(name)) delete engine.filters[name];
  return engine;
}

/** One interpreter per kind of escaping, as Liquid fixes the escaping when it parses. */
export const LIQUID_ENGINES: Readonly<Record<Escape, Liquid>> = {
  none: createEngine('none'),
  html: createEngine('html'),
  url: createEngine('url'),
};

const IDENTIFIER = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u;

/** Names of the variables that the caller must give, up to the first list index: `order.id`, `items`. */
export function liquidVariables(templates: Template[]): string[] {
  const { globals } = LIQUID_ENGINES.none.analyzeSync(templates, { partials: false });
  const names = Object.values(globals).flatMap((uses) =>
    uses.map(({ segments }) => {
      const end = segments.findIndex((segment) => typeof segment !== 'string' || !IDENTIFIER.test(segment));
      return segments.slice(0, end === -1 ? undefined : Math.max(end, 1)).join('.');
    }),
  );
  return [...new Set(names)];
}
