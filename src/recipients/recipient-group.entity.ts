import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Organisation } from '../access/organisation.entity.js';

export const GROUP_KINDS = ['department', 'post', 'role', 'tag'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** A department (with a parent and a path of ids such as `/122/234/`), a post, a role or a tag. */
@Entity('recipient_group')
@Unique('recipient_group_code_key', ['organisationId', 'kind', 'code'])
@Check('recipient_group_kind_check', "kind IN ('department', 'post', 'role', 'tag')")
@Index('recipient_group_path_idx', { synchronize: false })
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'recipient_group_organisation_fkey' })
@ForeignKey(() => RecipientGroup, ['organisationId', 'parentId'], ['organisationId', 'id'], {
  name: 'recipient_group_parent_fkey',
})
export class RecipientGroup {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'recipient_group_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'recipient_group_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  kind: GroupKind;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'integer', nullable: true })
  parentId: number | null;

  @Column({ type: 'text' })
  path: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
