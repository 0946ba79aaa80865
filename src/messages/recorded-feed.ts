/** What became a record just now: endpoints of one message on one channel. Some of them may have failed. */
export interface RecordedEndpoints {
  messageId: string;
  channelId: number;
  endpointIds: readonly string[];
}

/** Hears of what was recorded, after it is committed. This one does nothing; the live channel has one that tells who is connected. */
export class RecordedFeed {
  /** Called once for each statement that records. Returns at once and never throws: recording does not wait for it. */
  recorded(_organisationId: number, _batches: readonly RecordedEndpoints[]): void {
    // Nobody listens.
  }
}
