import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { VendorsModule } from '../vendors/vendors.module.js';
import { BatchSender } from './batch-sender.js';
import { Dispatcher } from './dispatcher.js';
import { MessageAcceptor } from './message-acceptor.js';
import { MessageWordsLoader } from './message-words.js';
import { MessageWriter } from './message-writer.js';
import { NextDue } from './next-due.js';
import { Planner } from './planner.js';
import { ReadyWork } from './ready-work.js';
import { RecipientLookup } from './recipient-lookup.js';
import { Recorder } from './recorder.js';
import { WorkSignal } from './work-signal.js';
import { Worker } from './worker.js';

/** The pipeline: accept, plan, dispatch, record. */
@Module({
  imports: [ChannelsModule, TemplatesModule, VendorsModule],
  providers: [
    MessageAcceptor,
    MessageWriter,
    RecipientLookup,
    MessageWordsLoader,
    ReadyWork,
    WorkSignal,
    NextDue,
    Planner,
    Dispatcher,
    BatchSender,
    Recorder,
    Worker,
  ],
  exports: [MessageAcceptor, MessageWordsLoader, ReadyWork, WorkSignal, Planner, Worker],
})
export class MessagesModule {}
