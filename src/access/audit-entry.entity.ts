import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** One change made through the API by an admin or an application; organisation 0 stands for the installation itself. */
@Entity('audit_entry')
export class AuditEntry {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'audit_entry_pkey' })
  organisationId: number;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'audit_entry_pkey',
  })
  id: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  actor: string;

  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text' })
  path: string;

  @Column({ type: 'integer' })
  status: number;

  @Column({ type: 'jsonb', nullable: true })
  request: unknown;

  @Column({ type: 'text', nullable: true })
  address: string | null;
}
