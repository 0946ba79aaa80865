import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TenantScope } from './tenant-scope.js';
import { inTransaction } from './transaction.js';

/** Opens the rows of one organisation. */
@Injectable()
export class Tenants {
  constructor(private readonly dataSource: DataSource) {}

  of(organisationId: number): TenantScope {
    return new TenantScope(organisationId, this.dataSource.manager);
  }

  /** Runs `work` in one transaction; it is run again when Postgres broke a deadlock. */
  transaction<T>(organisationId: number, work: (scope: TenantScope) => Promise<T>): Promise<T> {
    return inTransaction(this.dataSource, (manager) => work(new TenantScope(organisationId, manager)));
  }
}
