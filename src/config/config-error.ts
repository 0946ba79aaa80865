/** The environment asks for something Tidings cannot do. The message holds one line per wrong variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = new.target.name;
  }
}
