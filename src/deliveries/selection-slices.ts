import { type DeliverySelection, selectionValues } from './delivery-selection.js';

/** So many deliveries are changed in one transaction: locks are short, and memory is the same however many there are. */
const SLICE = 10_000;
/** Fewer are not looked at, since most of them may have to be left as they are. */
const LEAST = 1_000;

/** What one slice came to; see SLICE in sql/candidates.ts. */
export interface SliceRow {
  seen: number;
  moved: number;
  messageId: string | null;
  channelId: number | null;
  endpointId: string | null;
}

/**
 * Works through a selection day by day, in the order of the deliveries' key, until `limit` have been changed. `work` gets the parameters
 * of `selectedCandidates` and how many are left to change, and changes one slice in a transaction of its own: when a process dies, the rest is still there to be selected.
 */
export async function eachSlice(
  selection: DeliverySelection,
  limit: number,
  work: (values: unknown[], left: number) => Promise<SliceRow>,
): Promise<void> {
  let left = limit;
  for (const day of selection.days) {
    let after: unknown[] = ['0', 0, '0'];
    for (let more = true; more && left > 0;) {
      const take = Math.min(SLICE, Math.max(LEAST, left));
      const { seen, moved, messageId, channelId, endpointId } = await work(
        [...selectionValues(selection, day), ...after, take],
        left,
      );
      left -= moved;
      after = [messageId, channelId, endpointId];
      more = seen === take;
    }
  }
}
