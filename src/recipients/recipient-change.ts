import type { GroupKind } from './recipient-group.entity.js';

/** The kinds of group by the field that lists them. */
export const GROUP_FIELDS = {
  departments: 'department',
  posts: 'post',
  roles: 'role',
  tags: 'tag',
} as const satisfies Record<string, GroupKind>;
export type GroupField = keyof typeof GROUP_FIELDS;

/** Group codes by kind. A kind that is given is replaced as a whole; one that is not stays as it is. */
export type GroupCodes = Partial<Record<GroupField, string[] | null>>;

/** What to change of a person: fields that are undefined stay, null clears. */
export interface RecipientChange {
  name?: string;
  locale?: string | null;
  timeZone?: string | null;
  clientId?: string | null;
  attributes?: Record<string, unknown>;
  enabled?: boolean;
  /** Registers an SMS endpoint. */
  phone?: string | null;
  /** Registers an e-mail endpoint. */
  email?: string | null;
  groups?: GroupCodes;
}

/** A person to be made. */
export interface NewRecipient extends RecipientChange {
  /** Its number, where it has one from elsewhere; absent: the next. */
  id?: string | number;
  code: string;
  name: string;
}
