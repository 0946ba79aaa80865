import { Global, Module } from '@nestjs/common';
import { SandboxJournal } from '../vendors/sandbox/sandbox-journal.js';
import { DatabaseSandboxJournal } from './database-sandbox-journal.js';

/** Global, and apart from the channels, because the vendors, which the channels need, need the journal. */
@Global()
@Module({
  providers: [DatabaseSandboxJournal, { provide: SandboxJournal, useExisting: DatabaseSandboxJournal }],
  exports: [DatabaseSandboxJournal, SandboxJournal],
})
export class SandboxJournalModule {}
