import { createHmac } from 'node:crypto';

/** The signature of a robot's request, good for an hour; `timestamp` is in milliseconds. */
export const sign = (secret: string, timestamp: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
