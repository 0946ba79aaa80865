/** What a placeholder stands for at the moment; the empty text when there is nothing. */
export type Values = (name: string) => string;

/** A text with placeholders such as `{phones}` or `{secret.key}`, taken apart once. Braces around anything else are braces. */
export interface Template {
  /** Names of its placeholders. */
  readonly names: readonly string[];
  /** `escape` is applied to what is put in. */
  fill(values: Values, escape?: (value: string) => string): string;
}

const PLACEHOLDER = /\{([a-zA-Z]+(?:\.[^{}]+)?)\}/;

export function parseTemplate(text: string): Template {
  // Split by a pattern with a group, every second part is a name.
  const parts = text.split(PLACEHOLDER);
  return {
    names: parts.filter((_, index) => index % 2 === 1),
    fill: (values, escape = (value) => value) =>
      parts.map((part, index) => (index % 2 === 1 ? escape(values(part)) : part)).join(''),
  };
}
