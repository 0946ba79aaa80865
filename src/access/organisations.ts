import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Conflict, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import { Tenants } from '../database/tenants.js';
import { Organisation } from './organisation.entity.js';

export interface NewOrganisation {
  code: string;
  name: string;
  locale: string;
  timeZone: string;
  enabled: boolean;
}

export type OrganisationChange = Partial<Omit<NewOrganisation, 'code'>>;

/** What keeps an organisation from being deleted, most telling first; its audit stays behind and does not. */
const CONTENTS = [
  ['application', 'applications'],
  ['recipient', 'recipients'],
  ['recipient_group', 'groups'],
  ['endpoint', 'endpoints'],
  ['vendor_account', 'vendor accounts'],
  ['channel', 'channels'],
  ['template', 'templates'],
  ['schedule', 'schedules'],
  ['message', 'messages'],
] as const;

const WHAT_IT_HOLDS = `SELECT ${CONTENTS.map(
  ([table]) => `EXISTS (SELECT FROM ${table} WHERE organisation_id = $1) AS ${table}`,
).join(', ')}`;

/** The tenants of this installation. */
@Injectable()
export class Organisations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  list(limit: number, afterId = '0'): Promise<Organisation[]> {
    return this.rows.find({ where: { id: MoreThan(Number(afterId)) }, order: { id: 'ASC' }, take: limit + 1 });
  }

  /** @throws NotFound */
  async get(key: string): Promise<Organisation> {
    const found = await this.rows.findOneBy(smallResourceKey(key));
    if (found === null) throw new NotFound('organisation', key);
    return found;
  }

  /** @throws Conflict already_exists, by the database's unique code */
  async create(values: NewOrganisation): Promise<Organisation> {
    const now = this.clock.now();
    const organisation = this.rows.create({ ...values, createdAt: now, updatedAt: now });
    await this.rows.insert(organisation);
    return organisation;
  }

  /** @throws NotFound */
  async change(key: string, change: OrganisationChange): Promise<Organisation> {
    const { affected } = await this.rows.update(smallResourceKey(key), { ...change, updatedAt: this.clock.now() });
    if (affected === 0) throw new NotFound('organisation', key);
    return this.get(key);
  }

  /** @throws NotFound, Conflict in_use unless it is empty */
  async delete(key: string): Promise<void> {
    const { id } = await this.get(key);
    await this.tenants.transaction(id, async (scope) => {
      const [holds] = await scope.query<Record<string, boolean>>(WHAT_IT_HOLDS);
      const held = CONTENTS.filter(([table]) => holds?.[table]).map(([, words]) => words);
      if (held.length > 0) throw new Conflict('in_use', `The organisation ${key} still has ${held.join(', ')}.`);
      await scope.query('DELETE FROM organisation WHERE id = $1');
    });
  }

  private get rows() {
    return this.dataSource.getRepository(Organisation);
  }
}
