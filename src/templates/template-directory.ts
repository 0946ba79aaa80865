import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import type { DeclaredVariable } from './rendering/declared-variables.js';
import type { TemplateContents, TemplateVersion } from './template-version.entity.js';

/** Another process sees a new published version this much later at most. */
const PUBLISHED_MILLISECONDS = 2_000;
const PUBLISHED_ENTRIES = 1_000;
/** A version is at most 256 KiB, and usually less than two. */
const VERSION_ENTRIES = 200;

/** A version as messages use it. Shared between callers: not to be changed. */
export interface TemplateVersionContent {
  readonly templateId: number;
  readonly code: string;
  readonly version: number;
  readonly contents: TemplateContents;
  readonly variables: readonly DeclaredVariable[];
  /** What its messages ask of vendors unless they say otherwise themselves. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The template's, at the time this was read. */
  readonly category: string;
}

type Row = TemplateVersionContent & Pick<TemplateVersion, 'state'>;

const VERSION = `
  SELECT t.id AS "templateId", t.code, t.category, v.version, v.state, v.contents, v.variables, v.options
    FROM template t
    JOIN template_version v ON v.organisation_id = t.organisation_id AND v.template_id = t.id
   WHERE t.organisation_id = $1`;

/** Versions of templates, for whoever makes messages of them. */
@Injectable()
export class TemplateDirectory {
  private readonly publishedOnes = new Map<string, { until: number; value: TemplateVersionContent }>();
  private readonly versions = new Map<string, TemplateVersionContent>();

  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** The published version; undefined without one. Only what was found is kept, so that a first publishing holds at once. */
  async published(organisationId: number, code: string): Promise<TemplateVersionContent | undefined> {
    const key = `${organisationId} ${code}`;
    const now = this.clock.now().getTime();
    const hit = this.publishedOnes.get(key);
    if (hit !== undefined && hit.until > now) return hit.value;
    const value = await this.read(organisationId, `t.code = $2 AND v.state = 'published'`, code);
    if (value === undefined) {
      this.publishedOnes.delete(key);
      return undefined;
    }
    if (this.publishedOnes.size >= PUBLISHED_ENTRIES) this.publishedOnes.clear();
    this.publishedOnes.set(key, { until: now + PUBLISHED_MILLISECONDS, value });
    return value;
  }

  /** A version in any state, as a message refers to it; throws NotFound. */
  async version(organisationId: number, templateId: number, version: number): Promise<TemplateVersionContent> {
    const key = `${organisationId} ${templateId} ${version}`;
    const hit = this.versions.get(key);
    if (hit !== undefined) {
      this.versions.delete(key);
      this.versions.set(key, hit);
      return hit;
    }
    const row = await this.read(organisationId, 't.id = $2 AND v.version = $3', templateId, version);
    if (row === undefined) throw new NotFound('template version', `~${templateId}/${version}`);
    if (row.state !== 'draft') this.keep(key, row);
    return row;
  }

  /** A version in any state by its template's code; undefined without one. */
  byCodeVersion(organisationId: number, code: string, version: number): Promise<TemplateVersionContent | undefined> {
    return this.read(organisationId, 't.code = $2 AND v.version = $3', code, version);
  }

  /** Forgets which version is published, after a change made in this process. */
  forget(organisationId: number, code: string): void {
    this.publishedOnes.delete(`${organisationId} ${code}`);
  }

  private async read(organisationId: number, condition: string, ...values: unknown[]): Promise<Row | undefined> {
    const rows = await this.tenants.of(organisationId).query<Row>(`${VERSION} AND ${condition}`, values);
    return rows[0];
  }

  /** A Map keeps its order of insertion, so the first one is the one not used for longest. */
  private keep(key: string, value: TemplateVersionContent): void {
    const [oldest] = this.versions.keys();
    if (this.versions.size >= VERSION_ENTRIES && oldest !== undefined) this.versions.delete(oldest);
    this.versions.set(key, value);
  }
}
