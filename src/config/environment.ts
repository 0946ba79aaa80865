import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { variablesOf, type EnvironmentVariable } from './variable.js';

const VARIABLES = variablesOf(Config);

/** Every variable of the environment that Tidings reads, in the order of the documentation. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [...VARIABLES.values()];

/**
 * Reads the configuration. An empty variable counts as unset, as Docker Compose passes unset ones on as empty. Throws
 * {@link ConfigError} with one line for each wrong variable.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const texts = new Map<string, string | undefined>();
  for (const [field, variable] of VARIABLES) texts.set(field, env[variable.name]?.trim() || variable.default);
  const config = plainToInstance(Config, Object.fromEntries(texts));
  const problems = validateSync(config).map(({ property }) => describeProblem(property, texts.get(property)));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function describeProblem(field: string, text = ''): string {
  const variable = VARIABLES.get(field);
  if (!variable) throw new Error(`Config.${field} has validators but no @Variable`);
  const value = variable.secret ? `the value given (${text.length} characters, not shown)` : JSON.stringify(text);
  return `${variable.name}: ${value} is not allowed; it takes ${variable.allowed}.`;
}
