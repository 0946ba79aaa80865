export const SCOPES = ['send', 'read', 'directory', 'templates', 'operate'] as const;
/** What an application may do; the admin may do everything. */
export type Scope = (typeof SCOPES)[number];

/** Who is calling. */
export type Principal =
  | { kind: 'admin' }
  | { kind: 'application'; organisationId: number; applicationId: number; code: string; scopes: readonly Scope[] };

/** Who is calling, within which organisation. `applicationId` is null for the admin, who sees every application's messages. */
export interface Caller {
  organisationId: number;
  applicationId: number | null;
}

/** For the audit: `admin`, or the application's code. */
export function actorOf(principal: Principal): string {
  return principal.kind === 'admin' ? 'admin' : `application:${principal.code}`;
}
