import { Injectable } from '@nestjs/common';
import { Tenants } from '../database/tenants.js';
import { FIND_DEPARTMENTS } from './sql/find-departments.js';
import { FIND_PEOPLE } from './sql/find-people.js';
import { IS_ORGANISATION } from './sql/is-organisation.js';

/** Looks codes up for callers to whom upper and lower case are the same: the organisation and its people; departments exactly. */
@Injectable()
export class FoldedDirectory {
  constructor(private readonly tenants: Tenants) {}

  async isOrganisation(organisationId: number, code: string): Promise<boolean> {
    const [row] = await this.tenants.of(organisationId).query<{ same: boolean }>(IS_ORGANISATION, [code]);
    return row?.same === true;
  }

  /** The code of each person found, by the spelling asked for. */
  async people(organisationId: number, spellings: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (spellings.length === 0) return new Map();
    const scope = this.tenants.of(organisationId);
    const rows = await scope.query<{ given: string; code: string }>(FIND_PEOPLE, [spellings]);
    return new Map(rows.map(({ given, code }) => [given, code]));
  }

  async departments(organisationId: number, codes: readonly string[]): Promise<ReadonlySet<string>> {
    if (codes.length === 0) return new Set();
    const rows = await this.tenants.of(organisationId).query<{ code: string }>(FIND_DEPARTMENTS, [codes]);
    return new Set(rows.map(({ code }) => code));
  }
}
