import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Until when an organisation may have work: workers look here before they look into its batches. */
@Entity('ready_work')
export class ReadyWork {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'ready_work_pkey' })
  organisationId: number;

  @Column({ type: 'timestamptz' })
  until: Date;
}
