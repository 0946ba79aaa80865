import { Tokenizer, TypeGuards, type Liquid } from 'liquidjs';
import { TemplateSyntaxError } from './syntax-problem.js';
import { TEMPLATE_LIMITS } from './template-limits.js';

type Token = ReturnType<Tokenizer['readTopLevelTokens']>[number];

/** A variable put into the text as it is, without filters. */
export interface PlainVariable {
  name: string;
  path: readonly string[];
}

export interface TokenisedTemplate {
  /** Liquid's tokens, with every `${name}` turned into `{{name}}`. */
  tokens: Token[];
  /** Literals and variables in order, when the text holds nothing else: no filter, no tag. */
  plain?: readonly (string | PlainVariable)[];
  /** Plain variables outside of any block: these are needed whatever the values are. */
  always: readonly string[];
  /** The whole text is one output. */
  single: boolean;
}

const SEGMENT = String.raw`[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?`;
const NAME = new RegExp(String.raw`^${SEGMENT}(?:\.${SEGMENT})*$`, 'u');
/** A name followed by what is neither operator nor filter: Liquid would show the name and silently drop the rest. */
const NAME_AND_MORE = new RegExp(
  String.raw`^(?!not\s)${SEGMENT}(?:\.${SEGMENT})*(?:\s+(?!(?:and|or|contains)\s|[\s|=!<>])|\s*[,)+*/%])`,
  'u',
);
const DOLLAR = /\$\{([^{}]*)(\}?)/g;
const QUOTED_OR_DATA = /"[^"]*"|'[^']*'|\.DATA(?![\p{L}\p{N}_.[-])/gu;
const RESERVED = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'and', 'or', 'not', 'contains']);
/** Liquid computes these of lists and texts; only Liquid may read them. */
const COMPUTED = new Set(['size', 'first', 'last', 'length']);
const BLOCKS = new Set(['if', 'unless', 'case', 'for']);

/** The variable that `code` is, or undefined where it is more than a name. */
function plainVariable(code: string, offset: number): PlainVariable | undefined {
  if (RESERVED.has(code)) throw new TemplateSyntaxError(offset, `"${code}" is a reserved word, not a variable`);
  if (NAME_AND_MORE.test(code)) throw new TemplateSyntaxError(offset, `"${code}" is more than a name and filters`);
  if (!NAME.test(code)) return undefined;
  const path = code.split('.');
  return path.slice(1).some((segment) => COMPUTED.has(segment)) ? undefined : { name: code, path };
}

/** `{{name.DATA}}` is `{{name}}`; blanks instead of the suffix keep positions in error messages right. */
function blankDataSuffixes(text: string, tokens: readonly Token[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const token of tokens) {
    if (TypeGuards.isHTMLToken(token)) continue;
    const code = text.slice(token.begin, token.end);
    pieces.push(
      text.slice(at, token.begin),
      code.replace(QUOTED_OR_DATA, (match) => (match === '.DATA' ? '     ' : match)),
    );
    at = token.end;
  }
  return pieces.join('') + text.slice(at);
}

function readTokens(text: string, liquid: Liquid): Token[] {
  const read = (source: string): Token[] => new Tokenizer(source).readTopLevelTokens(liquid.options);
  const tokens = read(text);
  const blanked = blankDataSuffixes(text, tokens);
  return blanked === text ? tokens : read(blanked);
}

/**
 * Splits literal text at its `${name}`. Each becomes a token of its own and never a piece of rewritten source, so that what stands
 * around it (`{${name}}`) cannot join it into something else.
 */
function splitDollars(token: Token, from: number, to: number, liquid: Liquid): Token[] {
  const literal = (begin: number, end: number): Token[] =>
    begin < end ? [new Tokenizer(token.input, undefined, undefined, [begin, end]).readHTMLToken([])] : [];
  const tokens: Token[] = [];
  let at = from;
  for (const match of token.input.slice(from, to).matchAll(DOLLAR)) {
    const begin = from + match.index;
    const name = (match[1] ?? '').trim().replace(/\.DATA$/, '');
    if (match[2] === '' || !NAME.test(name)) {
      throw new TemplateSyntaxError(begin, "after '${' a variable's name and '}' are expected");
    }
    const output = new Tokenizer(`{{${name}}}`).readOutputToken(liquid.options);
    tokens.push(...literal(at, begin), output);
    at = begin + match[0].length;
  }
  return [...tokens, ...literal(at, to)];
}

function expand(tokens: readonly Token[], liquid: Liquid): Token[] {
  let raw = false;
  return tokens.flatMap((token) => {
    if (TypeGuards.isTagToken(token)) raw = token.name === 'raw';
    if (raw || !TypeGuards.isHTMLToken(token)) return [token];
    return splitDollars(token, token.begin + token.trimLeft, token.end - token.trimRight, liquid);
  });
}

/** Takes template text apart. `${name}`, `{{name}}` and `{{name.DATA}}` come out the same. */
export function tokeniseTemplate(text: string, liquid: Liquid): TokenisedTemplate {
  const tokens = expand(readTokens(text, liquid), liquid);
  const plain: (string | PlainVariable)[] = [];
  const always: string[] = [];
  let onlyPlain = true;
  let depth = 0;
  for (const token of tokens) {
    if (TypeGuards.isTagToken(token)) {
      onlyPlain = false;
      if (BLOCKS.has(token.name)) depth++;
      else if (token.name.startsWith('end') && BLOCKS.has(token.name.slice(3))) depth--;
      if (depth > TEMPLATE_LIMITS.nesting) {
        throw new TemplateSyntaxError(token.begin, `more than ${TEMPLATE_LIMITS.nesting} blocks inside one another`);
      }
    } else if (TypeGuards.isOutputToken(token)) {
      const variable = plainVariable(token.content, token.begin);
      if (variable && depth === 0) always.push(variable.name);
      if (variable) plain.push(variable);
      else onlyPlain = false;
    } else {
      plain.push(token.getContent());
    }
  }
  const single = tokens.length === 1 && TypeGuards.isOutputToken(tokens[0]);
  return { tokens, always, single, ...(onlyPlain && { plain }) };
}
