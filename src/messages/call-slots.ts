interface Account {
  running: number;
  waiting: (() => void)[];
}

/** How many calls this process makes to one vendor account at once; the others wait in line. */
export class CallSlots {
  private readonly accounts = new Map<number, Account>();

  /** Runs `call` when fewer than `most` calls to the account are under way. */
  async run<Result>(accountId: number, most: number, call: () => Promise<Result>): Promise<Result> {
    const account = this.accounts.get(accountId) ?? { running: 0, waiting: [] };
    this.accounts.set(accountId, account);
    // Who is handed a slot is counted in already.
    if (account.running >= most) await new Promise<void>((resolve) => account.waiting.push(resolve));
    else account.running++;
    try {
      return await call();
    } finally {
      const next = account.waiting.shift();
      if (next !== undefined) next();
      else if (--account.running === 0) this.accounts.delete(accountId);
    }
  }
}
