import { InvalidRequest } from '../../common/problem.js';

/** Root of the variables that describe the person a message goes to: `recipient.name`. */
export const RECIPIENT_ROOT = 'recipient';

/** Where a variable stands in the request: `params.order.id`, and `recipient.name` for what the person lacks. */
export const variablePath = (name: string): string =>
  name === RECIPIENT_ROOT || name.startsWith(`${RECIPIENT_ROOT}.`) ? name : `params.${name}`;

/** 400 `missing_variable`: the text uses variables that have no value; each is named once. */
export class MissingVariables extends InvalidRequest {
  readonly names: readonly string[];

  constructor(names: Iterable<string>) {
    const unique = [...new Set(names)];
    super(
      unique.map((name) => ({ path: variablePath(name), message: 'is used by the text and has no value' })),
      'missing_variable',
    );
    this.names = unique;
  }
}
