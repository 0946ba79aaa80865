import type { Unresolved } from './message-request.js';

/** All lists, the ones not given empty: what an earlier version stored lacks those of newer selectors. */
export const completeUnresolved = (given: Partial<Unresolved> = {}): Unresolved => ({
  users: [],
  departments: [],
  posts: [],
  roles: [],
  tags: [],
  scopes: [],
  endpoints: [],
  aliases: [],
  ...given,
});
