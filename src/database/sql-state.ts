/** Where the driver keeps Postgres' own words. */
interface DriverError {
  code?: unknown;
  constraint?: unknown;
  detail?: unknown;
}

function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return {};
  return 'driverError' in error && typeof error.driverError === 'object' && error.driverError !== null
    ? error.driverError
    : error;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The SQLSTATE (or Node's error code, such as ECONNREFUSED) of a failed query. */
export function sqlState(error: unknown): string | undefined {
  return text(driverError(error).code);
}

/** The constraint that a failed query broke. */
export function brokenConstraint(error: unknown): string | undefined {
  return text(driverError(error).constraint);
}

/** Serialisation failure or deadlock: nothing was done, and the same work can simply be done again. */
export function isWorthRepeating(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** Whether the database could not be reached, is starting or stopping: the request may succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) {
    return (
      /^(08|57P0|53300)/.test(state) ||
      ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'].includes(state)
    );
  }
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  );
}
