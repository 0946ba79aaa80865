import type { ChannelKind } from '../channels/channel-kind.js';

/** Kinds whose endpoints are devices; a person has any number of them, and an audience may say which get the message. */
export const DEVICE_KINDS: readonly ChannelKind[] = ['push', 'im'];
