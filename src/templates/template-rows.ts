import { NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import type { Template } from './template.entity.js';

/** A template and which of its versions matter. */
export interface TemplateRow extends Omit<Template, 'organisationId'> {
  publishedVersion: number | null;
  draftVersion: number | null;
}

export const TEMPLATE_STATES = ['published', 'draft', 'archived'] as const;
/** `published` when a version is, else `draft` when there is one, else `archived`. */
export type TemplateState = (typeof TEMPLATE_STATES)[number];

export interface TemplateFilter {
  codePrefix?: string;
  state?: TemplateState;
}

const ROWS = `
  SELECT t.id, t.code, t.name, t.category, t.created_at AS "createdAt", t.updated_at AS "updatedAt",
         p.version AS "publishedVersion", d.version AS "draftVersion"
    FROM template t
    LEFT JOIN template_version p
      ON p.organisation_id = t.organisation_id AND p.template_id = t.id AND p.state = 'published'
    LEFT JOIN template_version d
      ON d.organisation_id = t.organisation_id AND d.template_id = t.id AND d.state = 'draft'
   WHERE t.organisation_id = $1`;

const PAGE = `${ROWS} AND t.id > $2::bigint AND starts_with(t.code, $3)
     AND ($4::text IS NULL OR $4 = CASE WHEN p.version IS NOT NULL THEN 'published'
                                        WHEN d.version IS NOT NULL THEN 'draft' ELSE 'archived' END)
   ORDER BY t.id LIMIT $5`;

export function stateOf({ publishedVersion, draftVersion }: TemplateRow): TemplateState {
  if (publishedVersion !== null) return 'published';
  return draftVersion === null ? 'archived' : 'draft';
}

/** One row more than the page holds. */
export function pageOfTemplates(
  scope: TenantScope,
  { codePrefix = '', state }: TemplateFilter,
  limit: number,
  afterId = '0',
): Promise<TemplateRow[]> {
  return scope.query<TemplateRow>(PAGE, [afterId, codePrefix, state ?? null, limit + 1]);
}

/** @throws NotFound */
export async function readTemplate(scope: TenantScope, key: string): Promise<TemplateRow> {
  const { column, value } = condition(key);
  const [row] = await scope.query<TemplateRow>(`${ROWS} AND t.${column} = $2`, [value]);
  if (row === undefined) throw new NotFound('template', key);
  return row;
}

/**
 * Keeps everyone else from changing the template or its versions until the transaction ends, so that there is never more than one
 * draft or published version, and no version is edited while it is published.
 * @throws NotFound
 */
export async function lockTemplate(scope: TenantScope, key: string): Promise<Pick<Template, 'id' | 'code'>> {
  const { column, value } = condition(key);
  const [row] = await scope.query<Pick<Template, 'id' | 'code'>>(
    `SELECT id, code FROM template WHERE organisation_id = $1 AND ${column} = $2 FOR NO KEY UPDATE`,
    [value],
  );
  if (row === undefined) throw new NotFound('template', key);
  return row;
}

function condition(key: string): { column: 'id' | 'code'; value: number | string } {
  const parsed = smallResourceKey(key);
  return 'id' in parsed ? { column: 'id', value: parsed.id } : { column: 'code', value: parsed.code };
}
