import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';

/** How one dialect tells its callers of an error, and reads their bodies. */
export interface DialectEnvelope {
  /** Paths that belong to the dialect start with this. */
  prefix: string;
  failure: (problem: Problem, request: FastifyRequest) => { status: number; body: string };
  /** Reads a JSON body, where the dialect's callers send more than strict JSON. */
  readBody?: (text: string) => unknown;
}

/** Injection token: every dialect's envelope. */
export const DIALECT_ENVELOPES = Symbol('DIALECT_ENVELOPES');
