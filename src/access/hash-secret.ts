import { hash } from 'node:crypto';

/** Secrets are random and long, so a plain digest is enough to keep them unreadable, and lets the database find them. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');
