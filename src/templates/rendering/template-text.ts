import { Parser } from 'liquidjs';
import { InvalidRequest } from '../../common/problem.js';
import { LIQUID_ENGINES, liquidVariables } from './liquid-engine.js';
import { LiquidTemplate } from './liquid-template.js';
import { MissingVariables, RECIPIENT_ROOT, variablePath } from './missing-variables.js';
import { printValue, type Escape } from './print-value.js';
import { isSafeUrl } from './safe-url.js';
import { syntaxProblem } from './syntax-problem.js';
import { TEMPLATE_LIMITS, assertOutputLength } from './template-limits.js';
import { tokeniseTemplate, type PlainVariable, type TokenisedTemplate } from './tokenise-template.js';
import { valueAt } from './value-at.js';

export interface RenderOptions {
  /** What the text is: plain words, HTML, or a link. */
  escape: Escape;
}

/**
 * Template text made ready for many renderings.
 *
 * @example
 * compileTemplate('Dear ${name}, order {{ order.id }} is ready.').render({ name: 'Li', order: { id: 7 } }, { escape: 'none' });
 */
export interface CompiledTemplate {
  /** Dotted names the text uses, each once: `name`, `order.id`. */
  readonly variables: readonly string[];
  /** The text speaks of the person it goes to (`recipient.…`), so it differs from person to person. */
  readonly usesRecipient: boolean;
  /**
   * Values are escaped as the option says and never read as template text.
   * @throws MissingVariables naming every variable without a value (undefined and null are none)
   */
  render(params: Readonly<Record<string, unknown>>, options: RenderOptions): string;
}

type Draw = (params: Readonly<Record<string, unknown>>, escape: Escape) => string;

/** Substitution without the interpreter: most texts are this, and they are rendered once per person. */
function drawPlain(parts: readonly (string | PlainVariable)[], path: string): Draw {
  return (params, escape) => {
    let output = '';
    let missing: string[] | undefined;
    for (const part of parts) {
      if (typeof part === 'string') {
        output += part;
        continue;
      }
      const value = valueAt(params, part.path);
      if (value === undefined || value === null) (missing ??= []).push(part.name);
      else output += printValue(value, part.name, escape);
      assertOutputLength(output, path);
    }
    if (missing) throw new MissingVariables(missing);
    return output;
  };
}

function parse(text: string, path: string): { template: TokenisedTemplate; variables: string[] } {
  if (Buffer.byteLength(text) > TEMPLATE_LIMITS.textBytes) {
    throw InvalidRequest.at(path, `is longer than ${TEMPLATE_LIMITS.textBytes} bytes`, 'text_too_long');
  }
  try {
    const template = tokeniseTemplate(text, LIQUID_ENGINES.none);
    if (template.plain) return { template, variables: [...new Set(template.always)] };
    return { template, variables: liquidVariables(new Parser(LIQUID_ENGINES.none).parseTokens(template.tokens)) };
  } catch (error) {
    throw syntaxProblem(error, text, path);
  }
}

/**
 * Reads template text: `${name}`, `{{name}}` and `{{name.DATA}}` are the variable `name`; Liquid's filters (`{{ name | upcase }}`) and
 * its tags `if`, `unless`, `case`, `for`, `assign` may be used.
 *
 * @param path where the text stands in the request, for error messages
 * @throws InvalidRequest `template_syntax` with line and column
 */
export function compileTemplate(text: string, path = 'text'): CompiledTemplate {
  const { template, variables } = parse(text, path);
  const { single } = template;
  // A name assigned in the text itself is not one the caller must give.
  const always = template.always.filter((name) => variables.includes(name));
  const liquid = new LiquidTemplate(text, path, variables, always);
  const draw: Draw = template.plain
    ? drawPlain(template.plain, path)
    : (params, escape) => liquid.render(params, escape);
  return {
    variables,
    usesRecipient: variables.some((name) => name.split('.', 1)[0] === RECIPIENT_ROOT),
    render(params, { escape }) {
      if (escape !== 'url' || !single) return draw(params, escape);
      const url = draw(params, 'none');
      if (isSafeUrl(url)) return url;
      const name = variables[0];
      throw InvalidRequest.at(
        name === undefined ? path : variablePath(name),
        'must be an http(s) address or a relative path, as it is the whole link',
        'invalid_variable',
      );
    },
  };
}
