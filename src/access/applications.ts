import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Conflict, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { Application } from './application.entity.js';

export interface NewApplication {
  code: string;
  name: string;
  enabled: boolean;
  settings: Record<string, unknown>;
}

export type ApplicationChange = Partial<Omit<NewApplication, 'code'>>;

interface Uses {
  messages: boolean;
  schedules: boolean;
}

const USES = `
  SELECT EXISTS (SELECT FROM message WHERE organisation_id = $1 AND application_id = $2) AS messages,
         EXISTS (SELECT FROM schedule WHERE organisation_id = $1 AND application_id = $2) AS schedules`;

/** The applications of an organisation. */
@Injectable()
export class Applications {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  list(organisationId: number, limit: number, afterId = '0'): Promise<Application[]> {
    const after = { id: MoreThan(Number(afterId)) };
    return this.tenants.of(organisationId).find(Application, after, { order: { id: 'ASC' }, take: limit + 1 });
  }

  /** @throws NotFound */
  get(organisationId: number, key: string): Promise<Application> {
    return this.find(this.tenants.of(organisationId), key);
  }

  /** @throws Conflict already_exists, by the database's unique code */
  create(organisationId: number, values: NewApplication): Promise<Application> {
    const now = this.clock.now();
    return this.tenants.of(organisationId).insert(Application, { ...values, createdAt: now, updatedAt: now });
  }

  /** @throws NotFound */
  async change(organisationId: number, key: string, change: ApplicationChange): Promise<Application> {
    const scope = this.tenants.of(organisationId);
    const values = { ...change, updatedAt: this.clock.now() };
    if ((await scope.update(Application, smallResourceKey(key), values)) === 0) throw new NotFound('application', key);
    return this.find(scope, key);
  }

  /** Its credentials go with it. @throws NotFound, Conflict in_use when it has sent messages or has schedules */
  async delete(organisationId: number, key: string): Promise<void> {
    await this.tenants.transaction(organisationId, async (scope) => {
      const { id } = await this.find(scope, key);
      const [uses] = await scope.query<Uses>(USES, [id]);
      const held = (['messages', 'schedules'] as const).filter((what) => uses?.[what]);
      if (held.length > 0) throw new Conflict('in_use', `The application ${key} still has ${held.join(' and ')}.`);
      await scope.delete(Application, { id });
    });
  }

  private async find(scope: TenantScope, key: string): Promise<Application> {
    const found = await scope.findOne(Application, smallResourceKey(key));
    if (found === null) throw new NotFound('application', key);
    return found;
  }
}
