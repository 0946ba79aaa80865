import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that serves the live channel, and when it was last seen. */
@Entity('live_process')
export class LiveProcess {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'live_process_pkey' })
  id: string;

  @Column({ type: 'timestamptz' })
  seenAt: Date;
}
