import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OptionRules } from '../channels/option-rules.js';
import { Clock } from '../common/clock.js';
import { Conflict, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { checkVersionText } from './check-version-text.js';
import { TemplateDirectory } from './template-directory.js';
import { lockTemplate, pageOfTemplates, readTemplate, type TemplateFilter, type TemplateRow } from './template-rows.js';
import { Template } from './template.entity.js';
import { TemplateVersion } from './template-version.entity.js';
import { insertDraft, type VersionSummary } from './template-versions.js';
import type { VersionText } from './version-text.js';

export interface NewTemplate extends VersionText {
  code: string;
  name: string;
  category: string;
}

export type TemplateChange = Partial<Pick<NewTemplate, 'name' | 'category'>>;

/** A template with what its author works on. */
export interface TemplateDetail extends TemplateRow {
  published: TemplateVersion | null;
  draft: TemplateVersion | null;
  /** The newest ones, newest first. */
  versions: VersionSummary[];
}

const NEWEST_VERSIONS = `
  SELECT version, state, created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt"
    FROM template_version WHERE organisation_id = $1 AND template_id = $2
   ORDER BY version DESC LIMIT 100`;

const USES = `
  SELECT EXISTS (SELECT FROM message WHERE organisation_id = $1 AND template_id = $2) AS messages,
         ARRAY(SELECT code FROM schedule WHERE organisation_id = $1 AND request->'template'->>'code' = $3
                ORDER BY id LIMIT 5) AS schedules`;

/** The templates of an organisation. */
@Injectable()
export class Templates {
  constructor(
    private readonly tenants: Tenants,
    private readonly directory: TemplateDirectory,
    private readonly optionRules: OptionRules,
    private readonly clock: Clock,
  ) {}

  list(organisationId: number, filter: TemplateFilter, limit: number, afterId?: string): Promise<TemplateRow[]> {
    return pageOfTemplates(this.tenants.of(organisationId), filter, limit, afterId);
  }

  /** @throws NotFound */
  get(organisationId: number, key: string): Promise<TemplateDetail> {
    return detail(this.tenants.of(organisationId), key);
  }

  /** With version 1 as a draft. @throws InvalidRequest, Conflict already_exists by the database's unique code */
  async create(organisationId: number, { code, name, category, ...text }: NewTemplate): Promise<TemplateDetail> {
    const { contents, variables } = checkVersionText(text);
    this.optionRules.check(text.options);
    const checked = { contents, variables, options: { ...text.options } };
    const now = this.clock.now();
    return this.tenants.transaction(organisationId, async (scope) => {
      const { id } = await scope.insert(Template, { code, name, category, createdAt: now, updatedAt: now });
      await insertDraft(scope, now, id, 1, checked);
      return detail(scope, code);
    });
  }

  /** @throws NotFound */
  async change(organisationId: number, key: string, change: TemplateChange): Promise<TemplateDetail> {
    const scope = this.tenants.of(organisationId);
    const values = { ...change, updatedAt: this.clock.now() };
    if ((await scope.update(Template, smallResourceKey(key), values)) === 0) throw new NotFound('template', key);
    const changed = await detail(scope, key);
    this.directory.forget(organisationId, changed.code);
    return changed;
  }

  /** With its versions. @throws NotFound, Conflict in_use when a message or schedule uses it */
  async delete(organisationId: number, key: string): Promise<void> {
    const code = await this.tenants.transaction(organisationId, async (scope) => {
      const template = await lockTemplate(scope, key);
      await assertUnused(scope, template);
      await scope.delete(Template, { id: template.id });
      return template.code;
    });
    this.directory.forget(organisationId, code);
  }
}

async function detail(scope: TenantScope, key: string): Promise<TemplateDetail> {
  const row = await readTemplate(scope, key);
  const current = await scope.find(TemplateVersion, { templateId: row.id, state: In(['published', 'draft']) });
  const versions = await scope.query<VersionSummary>(NEWEST_VERSIONS, [row.id]);
  const inState = (state: string): TemplateVersion | null => current.find((one) => one.state === state) ?? null;
  return { ...row, published: inState('published'), draft: inState('draft'), versions };
}

async function assertUnused(scope: TenantScope, { id, code }: { id: number; code: string }): Promise<void> {
  const [uses] = await scope.query<{ messages: boolean; schedules: string[] }>(USES, [id, code]);
  const by = [
    ...(uses?.messages ? ['messages'] : []),
    ...(uses?.schedules ?? []).map((schedule) => `the schedule ${schedule}`),
  ];
  if (by.length === 0) return;
  throw new Conflict('in_use', `The template ${code} is used by ${by.join(', ')}: archive its versions instead.`);
}
