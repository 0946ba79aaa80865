import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organisation } from '../organisation.entity.js';

/** When the places of a sliding window were taken; see sql/take-place.ts. */
@Entity('rate_window')
@ForeignKey(() => Organisation, ['organisationId'], ['id'], {
  name: 'rate_window_organisation_fkey',
  onDelete: 'CASCADE',
})
export class RateWindowRow {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'rate_window_pkey' })
  organisationId: number;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'rate_window_pkey' })
  name: string;

  /** Oldest first; what is older than the window is dropped when the next place is taken. */
  @Column({ type: 'timestamptz', array: true })
  takenAt: Date[];
}
