import { InvalidRequest } from '../common/problem.js';

/** Does `work`, whose complaints are about what stands in `field` of the request: every path in them then says so. */
export async function withinField<T>(field: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    throw new InvalidRequest(
      error.errors.map(({ path, message }) => ({ path: `${field}.${path}`, message })),
      error.code,
    );
  }
}
