/** The login id of an account such as `im_zhangsan`; one that has no prefix is a login id already. */
export function withoutPrefix(account: string): string {
  return account.replace(/^im_(?=.)/is, '');
}

/** The person that an account names: one whose code it is, prefix and all, or else whose code follows the prefix. */
export function personOf(account: string, people: ReadonlyMap<string, string>): string | undefined {
  return people.get(account) ?? people.get(withoutPrefix(account));
}

/** Every spelling to look up for these accounts. */
export function spellingsOf(accounts: readonly string[]): string[] {
  return [...new Set(accounts.flatMap((account) => [account, withoutPrefix(account)]))];
}
