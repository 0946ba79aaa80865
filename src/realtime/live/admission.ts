import { Injectable } from '@nestjs/common';
import { InvalidRequest, Problem } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import { cursorPlace, type InboxPlace } from '../inbox/inbox-cursor.js';
import type { Admitted } from './live-connection.js';
import { LiveTokens } from './live-tokens.js';
import { ADMIT } from './sql/admit.js';

const LONGEST_CURSOR = 200;

interface AdmitRow {
  code: string;
  name: string;
  locale: string | null;
  attributes: Record<string, unknown>;
  organisationLocale: string;
  recipientEnabled: boolean;
  organisationEnabled: boolean;
  applicationEnabled: boolean;
  inboxId: string | null;
  endpointId: string | null;
}

const refused = (code: string, message: string): Problem => new Problem(403, code, message);

/** Decides who may connect. */
@Injectable()
export class Admission {
  constructor(
    private readonly tenants: Tenants,
    private readonly tokens: LiveTokens,
  ) {}

  /**
   * `auth` is what the client gave, whatever that is.
   * @throws Problem
   */
  async admit(auth: Readonly<Record<string, unknown>>): Promise<Admitted> {
    const claims = this.tokens.read(auth['token']);
    const since = readCursor(auth['cursor']);
    const { organisationId, recipientId, applicationId, device } = claims;
    const [row] = await this.tenants.of(organisationId).query<AdmitRow>(ADMIT, [recipientId, applicationId, device]);
    if (row === undefined) throw refused('recipient_gone', 'The person this token was made for is not known any more.');
    const { code, name, locale, attributes, organisationLocale, inboxId, endpointId } = row;
    if (!row.organisationEnabled) throw refused('organisation_disabled', 'The organisation is disabled.');
    if (!row.applicationEnabled)
      throw refused('application_disabled', 'The application that asked for this token is disabled.');
    if (!row.recipientEnabled) throw refused('recipient_disabled', 'The person this token was made for is disabled.');
    if (device !== null && endpointId === null)
      throw refused('device_moved', 'The device of this token belongs to somebody else by now, or was removed.');
    return { ...claims, person: { code, name, locale, attributes }, organisationLocale, inboxId, endpointId, since };
  }
}

function readCursor(cursor: unknown): InboxPlace | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  if (typeof cursor !== 'string' || cursor.length > LONGEST_CURSOR)
    throw InvalidRequest.at('cursor', 'is not a cursor of this inbox');
  return cursorPlace(cursor);
}
