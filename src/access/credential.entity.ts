import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Application } from './application.entity.js';

export const CREDENTIAL_KINDS = ['api-key', 'app-id', 'app-secret', 'client-secret', 'access-token'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** What an application proves itself with. Looked up by the hash of the secret or by the public id, before the organisation is known. */
@Entity('credential')
@Unique('credential_secret_hash_key', ['secretHash'])
@Unique('credential_public_id_key', ['kind', 'publicId'])
@Index('credential_application_idx', ['organisationId', 'applicationId'])
@ForeignKey(() => Application, ['organisationId', 'applicationId'], ['organisationId', 'id'], {
  name: 'credential_application_fkey',
  onDelete: 'CASCADE',
})
export class Credential {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'credential_pkey',
  })
  id: number;

  @Column({ type: 'integer' })
  organisationId: number;

  @Column({ type: 'integer' })
  applicationId: number;

  @Column({ type: 'text' })
  kind: CredentialKind;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  publicId: string | null;

  @Column({ type: 'bytea', nullable: true })
  secretHash: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  secretSealed: Buffer | null;

  @Column({ type: 'text', array: true })
  scopes: string[];

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
