import { Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Organisation } from '../access/organisation.entity.js';

/** A code under which versions of a text are kept. */
@Entity('template')
@Unique('template_code_key', ['organisationId', 'code'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'template_organisation_fkey' })
export class Template {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'template_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'template_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  category: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
