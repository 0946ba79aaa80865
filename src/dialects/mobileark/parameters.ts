/** The parameters of a request, decoded, from query and body together. */
export class Parameters {
  private readonly values = new Map<string, string[]>();

  add(name: string, value: string): void {
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }

  /**
   * The value of a parameter, or undefined when it is absent or empty. The values of a repeated one are joined by commas, as they are
   * for the signature: nothing is ever acted upon that was not signed.
   */
  get(name: string): string | undefined {
    const value = this.values.get(name)?.join(',');
    return value === '' ? undefined : value;
  }

  /** What is signed: every parameter but the signature itself and those left out, empty ones too, by name in UTF-16 order. */
  signed(...leftOut: string[]): [name: string, value: string][] {
    return [...this.values.keys()]
      .filter((name) => name !== 'sign' && !leftOut.includes(name))
      .sort()
      .map((name) => [name, this.values.get(name)?.join(',') ?? '']);
  }
}
