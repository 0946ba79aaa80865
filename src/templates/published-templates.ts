import { Injectable } from '@nestjs/common';
import type { ChannelKind, Content } from '../channels/channel-kind.js';
import { Tenants } from '../database/tenants.js';

/** A template in use, with what it says on one kind of channel. */
export interface PublishedTemplate {
  code: string;
  name: string;
  createdAt: Date;
  /** When the version in use was published. */
  publishedAt: Date;
  /** By locale. */
  contents: Record<string, Content>;
}

export interface PublishedTemplateFilter {
  /** Only this one. */
  code?: string;
  /** A part of the name, or of the text at `searchedPath` of some locale's content; in any case. */
  search?: string;
  searchedPath?: readonly string[];
  offset: number;
  limit: number;
}

interface Row extends PublishedTemplate {
  total: number;
}

/** The total stands beside the page even when the page begins behind the last row. $2 kind, $3 code, $4 search, $5 path, $6 offset, $7 limit */
const PAGE = `
WITH fitting AS (
  SELECT t.id, t.code, t.name, t.created_at AS "createdAt", v.published_at AS "publishedAt", v.contents -> $2::text AS contents
    FROM template t
    JOIN template_version v ON v.organisation_id = $1 AND v.template_id = t.id AND v.state = 'published'
   WHERE t.organisation_id = $1 AND v.contents ? $2::text AND ($3::text IS NULL OR t.code = $3)
     AND ($4::text IS NULL OR t.name ILIKE $4
          OR EXISTS (SELECT FROM jsonb_each(v.contents -> $2::text) AS c (locale, content) WHERE c.content #>> $5::text[] ILIKE $4)))
SELECT total.count::int AS total, page.*
  FROM (SELECT count(*) FROM fitting) total
  LEFT JOIN (SELECT * FROM fitting ORDER BY id DESC OFFSET $6 LIMIT $7) page ON true
 ORDER BY page.id DESC`;

/** Lists templates that messages can use, with their texts. */
@Injectable()
export class PublishedTemplates {
  constructor(private readonly tenants: Tenants) {}

  /** The newest first, and how many there are on all pages. */
  async list(
    organisationId: number,
    kind: ChannelKind,
    { code, search, searchedPath = [], offset, limit }: PublishedTemplateFilter,
  ): Promise<{ total: number; templates: PublishedTemplate[] }> {
    const rows = await this.tenants
      .of(organisationId)
      .query<Row>(PAGE, [
        kind,
        code ?? null,
        search === undefined ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`,
        searchedPath,
        offset,
        limit,
      ]);
    // A total without a page is one row without a template.
    const templates = rows.filter((row: { code: string | null }) => row.code !== null);
    return { total: rows[0]?.total ?? 0, templates };
  }
}
