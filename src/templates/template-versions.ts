import { Injectable } from '@nestjs/common';
import { OptionRules } from '../channels/option-rules.js';
import { Clock } from '../common/clock.js';
import { Conflict, NotFound } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { assertPublishable, checkVersionText } from './check-version-text.js';
import { TemplateDirectory } from './template-directory.js';
import { lockTemplate, readTemplate } from './template-rows.js';
import { TemplateVersion } from './template-version.entity.js';
import type { VersionText } from './version-text.js';

/** A version without its text, for lists. */
export type VersionSummary = Pick<TemplateVersion, 'version' | 'state' | 'createdAt' | 'updatedAt' | 'publishedAt'>;

const SUMMARIES = `
  SELECT version, state, created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt"
    FROM template_version
   WHERE organisation_id = $1 AND template_id = $2 AND version > $3::bigint
   ORDER BY version LIMIT $4`;

const NEXT_VERSION = `
  SELECT max(version) + 1 AS next, max(version) FILTER (WHERE state = 'draft') AS draft
    FROM template_version WHERE organisation_id = $1 AND template_id = $2`;

/** The versions of a template: one draft and one published version at most, the rest archived. */
@Injectable()
export class TemplateVersions {
  constructor(
    private readonly tenants: Tenants,
    private readonly directory: TemplateDirectory,
    private readonly optionRules: OptionRules,
    private readonly clock: Clock,
  ) {}

  /** By version, one more than the page holds. @throws NotFound */
  async list(organisationId: number, key: string, limit: number, after = '0'): Promise<VersionSummary[]> {
    const scope = this.tenants.of(organisationId);
    const { id } = await readTemplate(scope, key);
    return scope.query<VersionSummary>(SUMMARIES, [id, after, limit + 1]);
  }

  /** @throws NotFound */
  async get(organisationId: number, key: string, version: number): Promise<TemplateVersion> {
    const scope = this.tenants.of(organisationId);
    const { id, code } = await readTemplate(scope, key);
    return findVersion(scope, { id, code }, version);
  }

  /** Makes the next draft. @throws NotFound, InvalidRequest, Conflict draft_exists */
  async create(organisationId: number, key: string, text: VersionText): Promise<TemplateVersion> {
    const columns = this.checked(text);
    return this.tenants.transaction(organisationId, async (scope) => {
      const { id, code } = await lockTemplate(scope, key);
      const [found] = await scope.query<{ next: number | null; draft: number | null }>(NEXT_VERSION, [id]);
      if (found?.draft) {
        throw new Conflict(
          'draft_exists',
          `Version ${found.draft} of ${code} is a draft already: change or archive it.`,
        );
      }
      return insertDraft(scope, this.clock.now(), id, found?.next ?? 1, columns);
    });
  }

  /** Replaces a draft's text. @throws NotFound, InvalidRequest, Conflict version_immutable */
  async replace(organisationId: number, key: string, version: number, text: VersionText): Promise<TemplateVersion> {
    const columns = this.checked(text);
    return this.tenants.transaction(organisationId, async (scope) => {
      const template = await lockTemplate(scope, key);
      const found = await findVersion(scope, template, version);
      if (found.state !== 'draft') {
        throw new Conflict('version_immutable', `Version ${version} is ${found.state}; only a draft can be changed.`);
      }
      return change(scope, found, { ...columns, updatedAt: this.clock.now() });
    });
  }

  /**
   * Makes it the one that messages use; the one published before is archived. An archived version can be published again.
   * @throws NotFound, InvalidRequest when it uses variables it does not declare
   */
  async publish(organisationId: number, key: string, version: number): Promise<TemplateVersion> {
    return this.changing(organisationId, key, version, async (scope, found) => {
      if (found.state === 'published') return found;
      assertPublishable(found);
      const now = this.clock.now();
      const published = { templateId: found.templateId, state: 'published' as const };
      await scope.update(TemplateVersion, published, { state: 'archived', updatedAt: now });
      return change(scope, found, { state: 'published', publishedAt: now, updatedAt: now });
    });
  }

  /** Takes it out of use; messages that already refer to it still go out. @throws NotFound */
  async archive(organisationId: number, key: string, version: number): Promise<TemplateVersion> {
    return this.changing(organisationId, key, version, async (scope, found) => {
      if (found.state === 'archived') return found;
      return change(scope, found, { state: 'archived', updatedAt: this.clock.now() });
    });
  }

  /** @throws InvalidRequest naming every problem */
  private checked(text: VersionText): VersionTextColumns {
    const { contents, variables } = checkVersionText(text);
    this.optionRules.check(text.options);
    return { contents, variables, options: { ...text.options } };
  }

  private async changing(
    organisationId: number,
    key: string,
    version: number,
    work: (scope: TenantScope, found: TemplateVersion) => Promise<TemplateVersion>,
  ): Promise<TemplateVersion> {
    const { code, changed } = await this.tenants.transaction(organisationId, async (scope) => {
      const template = await lockTemplate(scope, key);
      return { code: template.code, changed: await work(scope, await findVersion(scope, template, version)) };
    });
    this.directory.forget(organisationId, code);
    return changed;
  }
}

type VersionTextColumns = Pick<TemplateVersion, 'contents' | 'variables' | 'options'>;

/** Writes a new draft. */
export function insertDraft(
  scope: TenantScope,
  now: Date,
  templateId: number,
  version: number,
  columns: VersionTextColumns,
): Promise<TemplateVersion> {
  return scope.insert(TemplateVersion, {
    templateId,
    version,
    state: 'draft',
    ...columns,
    createdAt: now,
    updatedAt: now,
    publishedAt: null,
  });
}

async function findVersion(
  scope: TenantScope,
  template: { id: number; code: string },
  version: number,
): Promise<TemplateVersion> {
  const found = await scope.findOne(TemplateVersion, { templateId: template.id, version });
  if (found === null) throw new NotFound('version', `${version} of the template ${template.code}`);
  return found;
}

async function change(
  scope: TenantScope,
  version: TemplateVersion,
  values: Partial<TemplateVersion>,
): Promise<TemplateVersion> {
  await scope.update(TemplateVersion, { templateId: version.templateId, version: version.version }, values);
  return Object.assign(version, values);
}
