import { InvalidRequest } from '../common/problem.js';
import { checkContents } from './check-contents.js';
import { checkVariables } from './check-variables.js';
import type { DeclaredVariable, VariableType } from './rendering/declared-variables.js';
import { RECIPIENT_ROOT } from './rendering/missing-variables.js';
import type { TemplateContents } from './template-version.entity.js';
import type { CheckedVersionText, VariableUse, VersionText } from './version-text.js';

/** `items` of `{% for item in items %}`. */
const LOOP = /\{%-?\s*for\s+\S+\s+in\s+([\p{L}_][\p{L}\p{M}\p{N}_-]*?)(?=\s|-?%\})/gu;

const rootOf = (name: string): string => name.split('.', 1)[0] ?? name;

const withoutRecipient = (uses: readonly VariableUse[]): VariableUse[] =>
  uses.filter(({ name }) => rootOf(name) !== RECIPIENT_ROOT);

/** All required: strings, lists where a loop runs over them, and objects where a part of them is used. */
function deriveVariables(uses: readonly VariableUse[], contents: TemplateContents): DeclaredVariable[] {
  const lists = new Set([...JSON.stringify(contents).matchAll(LOOP)].map((match) => match[1]));
  const types = new Map<string, VariableType>();
  for (const { name } of uses) {
    const root = rootOf(name);
    if (lists.has(root)) types.set(root, 'array');
    else if (root !== name) types.set(root, 'object');
    else if (!types.has(root)) types.set(root, 'string');
  }
  return [...types].map(([name, type]) => ({ name, type, required: true }));
}

/**
 * Checks all of a version's text at once.
 * @throws InvalidRequest naming every problem
 */
export function checkVersionText(text: VersionText): CheckedVersionText {
  const { contents, uses, errors } = checkContents(text.contents);
  const problems = [...errors, ...checkVariables(text.variables ?? [])];
  if (problems.length > 0) throw new InvalidRequest(problems);
  const needed = withoutRecipient(uses);
  if (text.variables === undefined) return { contents, variables: deriveVariables(needed, contents), undeclared: [] };
  const declared = new Set(text.variables.map(({ name }) => name));
  return {
    contents,
    variables: [...text.variables],
    undeclared: needed.filter(({ name }) => !declared.has(rootOf(name))),
  };
}

/** What a draft still lacks: names to be declared, each once. */
export function undeclaredNames(text: VersionText): string[] {
  return [...new Set(checkVersionText(text).undeclared.map(({ name }) => rootOf(name)))];
}

/**
 * The check before publishing: whoever sends must be able to learn from the declaration what to give.
 * @throws InvalidRequest also for variables that are used and not declared
 */
export function assertPublishable(text: VersionText): void {
  const { undeclared } = checkVersionText(text);
  if (undeclared.length === 0) return;
  throw new InvalidRequest(
    undeclared.map(({ name, path }) => ({ path, message: `uses "${name}", which is not declared in variables` })),
    'undeclared_variables',
  );
}
