import { Context, LiquidError, Parser, toValueSync, type Emitter, type Template } from 'liquidjs';
import { InvalidRequest, Problem } from '../../common/problem.js';
import { LIQUID_ENGINES, UnprintableOutput } from './liquid-engine.js';
import { MissingVariables } from './missing-variables.js';
import type { Escape } from './print-value.js';
import { plainData } from './plain-data.js';
import { assertOutputLength } from './template-limits.js';
import { tokeniseTemplate } from './tokenise-template.js';
import { valueAt } from './value-at.js';

/** Collects the rendered text and stops at the limit, while it is still small. */
class LimitedEmitter implements Emitter {
  buffer = '';

  constructor(private readonly path: string) {}

  write(text: string): void {
    this.buffer += text;
    assertOutputLength(this.buffer, this.path);
  }
}

/** A text with filters, conditions or loops. */
export class LiquidTemplate {
  private readonly parsed = new Map<Escape, Template[]>();

  constructor(
    private readonly text: string,
    private readonly path: string,
    /** Variables the text may use, so that only those are handed over. */
    private readonly variables: readonly string[],
    /** Those it needs whatever the values are. */
    private readonly always: readonly string[],
  ) {}

  render(params: Readonly<Record<string, unknown>>, escape: Escape): string {
    const engine = LIQUID_ENGINES[escape];
    const context = new Context(this.scopeOf(params), engine.options, { sync: true }, { liquid: engine });
    const emitter = new LimitedEmitter(this.path);
    try {
      toValueSync(engine.renderer.renderTemplates(this.templates(escape), context, emitter));
      return emitter.buffer;
    } catch (error) {
      throw this.problemOf(error, params);
    }
  }

  private templates(escape: Escape): Template[] {
    let templates = this.parsed.get(escape);
    if (!templates) {
      const engine = LIQUID_ENGINES[escape];
      templates = new Parser(engine).parseTokens(tokeniseTemplate(this.text, engine).tokens);
      this.parsed.set(escape, templates);
    }
    return templates;
  }

  private scopeOf(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const scope = Object.create(null) as Record<string, unknown>;
    for (const root of new Set(this.variables.map((name) => name.split('.', 1)[0] ?? name))) {
      const data = Object.hasOwn(params, root) ? plainData(params[root], `params.${root}`) : undefined;
      if (data !== undefined) scope[root] = data;
    }
    return scope;
  }

  private problemOf(error: unknown, params: Readonly<Record<string, unknown>>): unknown {
    const cause: unknown = LiquidError.is(error) ? (error.originalError ?? error) : error;
    if (cause instanceof Problem) return cause;
    if (cause instanceof Error && 'variableName' in cause) {
      return new MissingVariables([this.fullName(String(cause.variableName)), ...this.missingAlways(params)]);
    }
    const message = cause instanceof Error ? cause.message : String(cause);
    if (message.endsWith('limit exceeded') || cause instanceof RangeError) {
      return InvalidRequest.at(this.path, 'takes too much time or memory to render', 'template_too_costly');
    }
    if (!LiquidError.is(error)) return error;
    const code = cause instanceof UnprintableOutput ? 'invalid_variable' : 'template_failed';
    return InvalidRequest.at(this.path, `${error.token.getText()}: ${message}`, code);
  }

  /** Liquid names a missing `a.b.c` by its first missing part. */
  private fullName(name: string): string {
    return this.variables.find((variable) => variable === name || variable.startsWith(`${name}.`)) ?? name;
  }

  private missingAlways(params: Readonly<Record<string, unknown>>): string[] {
    return this.always.filter((name) => {
      const value = valueAt(params, name.split('.'));
      return value === undefined || value === null;
    });
  }
}
