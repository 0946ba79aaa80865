import { createHmac } from 'node:crypto';

/** The signature of a robot's request, good for an hour; `timestamp` is in seconds. The words are the key: nothing is signed by it. */
export const sign = (secret: string, timestamp: string): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
