import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** The tenant: owns people, channels, templates and vendor accounts. */
@Entity('organisation')
@Unique('organisation_code_key', ['code'])
export class Organisation {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'organisation_pkey',
  })
  id: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  locale: string;

  @Column({ type: 'text' })
  timeZone: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
