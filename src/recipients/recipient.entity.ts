import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Organisation } from '../access/organisation.entity.js';

/** A person. */
@Entity('recipient')
@Unique('recipient_code_key', ['organisationId', 'code'])
@Unique('recipient_client_id_key', ['organisationId', 'clientId'])
@Index('recipient_folded_code_idx', { synchronize: false })
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'recipient_organisation_fkey' })
export class Recipient {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'recipient_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'recipient_pkey',
  })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  locale: string | null;

  @Column({ type: 'text', nullable: true })
  timeZone: string | null;

  @Column({ type: 'text', nullable: true })
  clientId: string | null;

  @Column({ type: 'jsonb' })
  attributes: Record<string, unknown>;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
