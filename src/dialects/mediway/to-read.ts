import { WireObject } from './wire-object.js';

/** Marks, or lists, what one application sent under one businessId. */
export interface MediwayReadCommand {
  appId: string;
  correlationId: string;
  /** Recipient code; absent: everyone who got it. */
  user?: string;
}

/**
 * Reads the body of `message/read` or the query of `message/list`, our extension of the document: it names a reading
 * "阅读" by businessId without giving its call.
 * @throws InvalidRequest naming the first wrong field
 */
export function toReadCommand(fields: unknown): MediwayReadCommand {
  const wire = WireObject.from(fields);
  return {
    appId: wire.requiredCode('appId'),
    correlationId: wire.requiredCode('businessId'),
    user: wire.code('user'),
  };
}
