import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../access/organisation.entity.js';

/** A file of an organisation; its bytes stand on disk, see MediaFiles. */
@Entity('media')
@Index('media_digest_idx', ['organisationId', 'digest'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'media_organisation_fkey' })
export class Media {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'media_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'media_pkey' })
  id: string;

  /** Fit to be shown and to be saved under. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  contentType: string;

  /** Its first bytes are those of an image. */
  @Column({ type: 'boolean' })
  image: boolean;

  @Column({ type: 'integer' })
  size: number;

  /** MD5 of the bytes, hexadecimal: what callers know files by, no proof of anything. */
  @Column({ type: 'text' })
  digest: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
