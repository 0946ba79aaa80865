import { Global, Module } from '@nestjs/common';
import { ReceiptSink } from '../vendors/receipt-sink.js';
import { ReceiptRecorder } from './receipt-recorder.js';
import { ReceiptSubjects } from './receipt-subjects.js';
import { ReceiptService } from './receipt-service.js';

/** Global, and apart from the deliveries' API, because the vendors, on which everything stands, hand in receipts. */
@Global()
@Module({
  providers: [ReceiptRecorder, ReceiptSubjects, ReceiptService, { provide: ReceiptSink, useExisting: ReceiptService }],
  exports: [ReceiptService, ReceiptSink],
})
export class ReceiptSinkModule {}
