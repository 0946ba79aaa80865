import type { Priority } from './message-request.js';

/** The order in which work is taken. */
export const PRIORITY_RANKS: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };
