import type {
  DeepPartial,
  EntityManager,
  EntityTarget,
  FindOptionsOrder,
  FindOptionsWhere,
  ObjectLiteral,
} from 'typeorm';

/** Every tenant-owned entity carries its organisation. */
export interface TenantOwned extends ObjectLiteral {
  organisationId: number;
}

type Where<E> = Omit<FindOptionsWhere<E>, 'organisationId'>;

/**
 * All access to one organisation's rows. The organisation is fixed when the scope is made and joins every condition, every new row
 * and, as `$1`, every statement: this is the one place where organisations are kept apart.
 */
export class TenantScope {
  constructor(
    readonly organisationId: number,
    private readonly manager: EntityManager,
  ) {}

  find<E extends TenantOwned>(
    entity: EntityTarget<E>,
    where: Where<E> | Where<E>[] = {} as Where<E>,
    options: { order?: FindOptionsOrder<E>; take?: number } = {},
  ): Promise<E[]> {
    const conditions = (Array.isArray(where) ? where : [where]).map((one) => this.within<E>(one));
    return this.manager.find(entity, { where: conditions, ...options });
  }

  findOne<E extends TenantOwned>(entity: EntityTarget<E>, where: Where<E>): Promise<E | null> {
    return this.manager.findOne(entity, { where: this.within<E>(where) });
  }

  exists<E extends TenantOwned>(entity: EntityTarget<E>, where: Where<E>): Promise<boolean> {
    return this.manager.exists(entity, { where: this.within<E>(where) });
  }

  /** Inserts one row and returns it with what the database filled in. */
  async insert<E extends TenantOwned>(
    entity: EntityTarget<E>,
    values: Omit<DeepPartial<E>, 'organisationId'>,
  ): Promise<E> {
    const row = this.manager.create(entity, { ...values, organisationId: this.organisationId } as DeepPartial<E>);
    await this.manager.insert(entity, row);
    return row;
  }

  /** Changes the matching rows and returns how many there were. */
  async update<E extends TenantOwned>(
    entity: EntityTarget<E>,
    where: Where<E>,
    values: Partial<Omit<E, 'organisationId'>>,
  ): Promise<number> {
    const result = await this.manager.update(
      entity,
      this.within<E>(where),
      values as Parameters<EntityManager['update']>[2],
    );
    return result.affected ?? 0;
  }

  /** Deletes the matching rows and returns how many there were. */
  async delete<E extends TenantOwned>(entity: EntityTarget<E>, where: Where<E>): Promise<number> {
    const result = await this.manager.delete(entity, this.within<E>(where));
    return result.affected ?? 0;
  }

  /** Runs a statement whose `$1` is the organisation; `values` start at `$2`. Returns its rows. */
  async query<R>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const result: unknown = await this.manager.query(sql, [this.organisationId, ...values]);
    // TypeORM answers UPDATE and DELETE with [rows, count].
    if (Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number')
      return result[0] as R[];
    return result as R[];
  }

  /** Runs a command that concerns no rows, such as a setting of the transaction. */
  async execute(command: string): Promise<void> {
    await this.manager.query(command);
  }

  private within<E>(where: Where<E>): FindOptionsWhere<E> {
    return { ...where, organisationId: this.organisationId };
  }
}
