import type { TenantScope } from '../../database/tenant-scope.js';
import type { ResolvedSelectors } from '../resolved-message.js';
import { departmentOf } from './readable-audience.js';
import { DEPARTMENT_CODES, PERSON_GROUPS } from './sql/explain-message.js';

interface PersonGroup {
  id: number;
  kind: string;
  code: string;
  path: string;
}

/** Which selectors hold one person now, in words such as `user` and `department:DEPT001`. */
export class PersonSelectors {
  private constructor(
    private readonly recipientId: string,
    private readonly groups: readonly PersonGroup[],
    private readonly departmentCodes: ReadonlyMap<number, string>,
  ) {}

  /** Reads what is needed to judge all of `selectors`. */
  static async read(
    scope: TenantScope,
    recipientId: string,
    selectors: readonly ResolvedSelectors[],
  ): Promise<PersonSelectors> {
    const groups = await scope.query<PersonGroup>(PERSON_GROUPS, [recipientId]);
    const above = selectors
      .flatMap(({ departmentPaths }) => departmentPaths)
      .filter((path) => groups.some((group) => isBelow(group, path)));
    const rows =
      above.length === 0
        ? []
        : await scope.query<{ id: number; code: string }>(DEPARTMENT_CODES, [above.map((path) => departmentOf(path))]);
    return new PersonSelectors(recipientId, groups, new Map(rows.map(({ id, code }) => [id, code])));
  }

  holding({ recipientIds, groupIds, departmentPaths }: ResolvedSelectors): string[] {
    const user = recipientIds.includes(this.recipientId) ? ['user'] : [];
    const departments = departmentPaths
      .filter((path) => this.groups.some((group) => isBelow(group, path)))
      .map((path) => `department:${this.departmentCodes.get(departmentOf(path)) ?? `~${departmentOf(path)}`}`);
    const others = this.groups.filter(({ id }) => groupIds.includes(id)).map(({ kind, code }) => `${kind}:${code}`);
    return [...user, ...departments, ...others];
  }
}

const isBelow = ({ kind, path }: PersonGroup, ancestor: string): boolean =>
  kind === 'department' && path.startsWith(ancestor);
