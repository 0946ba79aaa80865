/** Where a message stands: `scheduled` waits for its time, `sending` has open batches; the last three are final. */
export const MESSAGE_STATES = ['scheduled', 'accepted', 'planning', 'sending', 'done', 'cancelled', 'expired'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
