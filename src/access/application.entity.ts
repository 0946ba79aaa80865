import { Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Organisation } from './organisation.entity.js';

/** A caller inside an organisation. */
@Entity('application')
@Unique('application_code_key', ['organisationId', 'code'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'application_organisation_fkey' })
export class Application {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'application_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'application_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ type: 'jsonb' })
  settings: Record<string, unknown>;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
