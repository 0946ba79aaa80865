import { type FieldError, InvalidRequest } from '../common/problem.js';
import { checkParams, type DeclaredVariable } from './rendering/declared-variables.js';
import { RECIPIENT_ROOT } from './rendering/missing-variables.js';
import { variablesOf } from './rendering/variables-of.js';

const MOST_BYTES = 16 * 1024;

/** Whether a text could use it as `${name}`: asked of the template language itself. */
function isVariableName(name: string): boolean {
  if (name.includes('.')) return false;
  try {
    return variablesOf(`\${${name}}`)[0] === name;
  } catch {
    return false;
  }
}

function checkDefault(variable: DeclaredVariable, path: string): FieldError[] {
  try {
    checkParams([{ ...variable, required: false }], {});
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return error.errors.map(({ message }) => ({ path: `${path}.default`, message }));
  }
}

/** Checks declared variables: names a text can use, each once, and defaults of the declared type. */
export function checkVariables(variables: readonly DeclaredVariable[]): FieldError[] {
  if (Buffer.byteLength(JSON.stringify(variables)) > MOST_BYTES) {
    return [{ path: 'variables', message: `is larger than ${MOST_BYTES} bytes` }];
  }
  const seen = new Set<string>();
  return variables.flatMap((variable, index) => {
    const path = `variables[${index}]`;
    const { name } = variable;
    const problem = seen.has(name)
      ? 'is declared twice'
      : name === RECIPIENT_ROOT
        ? 'stands for the person the message goes to and is always there'
        : isVariableName(name)
          ? undefined
          : 'must be one word as it stands in ${…}, such as "name", or "order" for ${order.id}';
    seen.add(name);
    return [
      ...(problem === undefined ? [] : [{ path: `${path}.name`, message: problem }]),
      ...checkDefault(variable, path),
    ];
  });
}
