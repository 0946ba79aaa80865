interface Account {
  running: number;
  waiting: (() => void)[];
  urgent: (() => void)[];
}

/** How many calls this process makes to one vendor account at once; the others wait in line. */
export class CallSlots {
  private readonly accounts = new Map<number, Account>();

  /** Runs `call` when fewer than `most` calls to the account are under way. An urgent one has a slot more, and goes before the others. */
  async run<Result>(accountId: number, most: number, urgent: boolean, call: () => Promise<Result>): Promise<Result> {
    const account = this.accounts.get(accountId) ?? { running: 0, waiting: [], urgent: [] };
    this.accounts.set(accountId, account);
    // Who is handed a slot is counted in already.
    if (account.running < most + Number(urgent)) account.running++;
    else await new Promise<void>((resolve) => (urgent ? account.urgent : account.waiting).push(resolve));
    try {
      return await call();
    } finally {
      account.running--;
      const next = account.urgent.shift() ?? (account.running < most ? account.waiting.shift() : undefined);
      if (next !== undefined) {
        account.running++;
        next();
      } else if (account.running === 0) this.accounts.delete(accountId);
    }
  }
}
