/** Counts of a preview, added up from several sources. */
export class PreviewTally {
  recipients = 0;
  /** Somebody of the audience, for the sample; null when it has no people. */
  firstRecipientId: string | null = null;
  /** Endpoints by channel and vendor account. */
  readonly targets = new Map<number, Map<number, number>>();
  /** Left out, by channel and reason. */
  readonly dropped = new Map<number, Map<string, number>>();

  target(channelId: number, accountId: number, count: number): void {
    add(this.targets, channelId, accountId, count);
  }

  drop(channelId: number, reason: string, count: number): void {
    if (count > 0) add(this.dropped, channelId, reason, count);
  }
}

function add<K>(counts: Map<number, Map<K, number>>, channelId: number, key: K, count: number): void {
  const ofChannel = counts.get(channelId) ?? new Map<K, number>();
  ofChannel.set(key, (ofChannel.get(key) ?? 0) + count);
  counts.set(channelId, ofChannel);
}
