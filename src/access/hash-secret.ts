import { createHash } from 'node:crypto';

/** Secrets are random and long, so a plain digest is enough to keep them unreadable, and lets the database find them. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();
