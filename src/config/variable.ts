import { Transform } from 'class-transformer';

/** What a variable of the environment is, for whoever sets it; the README's table is made of these. */
export interface EnvironmentVariable {
  name: string;
  /** As it would be written in the environment; left out where unset means something of its own. */
  default?: string;
  description: string;
  /** Completes "it takes …" in the message for a wrong value. */
  allowed: string;
  /** The value is a secret and never shown. */
  secret?: boolean;
}

interface VariableOptions extends EnvironmentVariable {
  /** Turns the text into the field's value; a text it can make nothing of is returned as it is, for the validators to refuse. */
  read?: (text: string) => unknown;
}

const declared = new Map<object, Map<string, EnvironmentVariable>>();

/** Declares that a field is read from a variable of the environment. Its validators stand beside it. */
export function Variable({ read, ...variable }: VariableOptions): PropertyDecorator {
  return (target, property) => {
    const variables = declared.get(target.constructor) ?? new Map<string, EnvironmentVariable>();
    declared.set(target.constructor, variables.set(String(property), variable));
    if (read) {
      Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value))(target, property);
    }
  };
}

/** The variables of a schema class by field name, in the order of its fields. */
export function variablesOf(schema: object): ReadonlyMap<string, EnvironmentVariable> {
  return declared.get(schema) ?? new Map<string, EnvironmentVariable>();
}
