import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ChannelKind, Content } from '../channels/channel-kind.js';
import type { DeclaredVariable } from './rendering/declared-variables.js';
import { Template } from './template.entity.js';

/** Content by channel kind, then by locale. */
export type TemplateContents = Partial<Record<ChannelKind, Record<string, Content>>>;

/** One version: content per channel kind and locale, and the variables it declares. Published ones never change. */
@Entity('template_version')
@Check('template_version_state_check', "state IN ('draft', 'published', 'archived')")
@Index('template_version_published_key', { synchronize: false })
@ForeignKey(() => Template, ['organisationId', 'templateId'], ['organisationId', 'id'], {
  name: 'template_version_template_fkey',
  onDelete: 'CASCADE',
})
export class TemplateVersion {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'template_version_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'template_version_pkey' })
  templateId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'template_version_pkey' })
  version: number;

  @Column({ type: 'text' })
  state: 'draft' | 'published' | 'archived';

  @Column({ type: 'jsonb' })
  contents: TemplateContents;

  @Column({ type: 'jsonb' })
  variables: DeclaredVariable[];

  /** What messages of it ask of vendors unless they say otherwise themselves. */
  @Column({ type: 'jsonb', default: {} })
  options: Record<string, unknown>;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  publishedAt: Date | null;
}
