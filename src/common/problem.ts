/** One wrong field: where it stands in the request, as a path such as `audience.users[3]`, and what is wrong with it. */
export interface FieldError {
  path: string;
  message: string;
}

/**
 * An error a caller can act on. `code` is stable and part of the API; `status` is the HTTP status a native caller sees.
 * One filter turns it into RFC 9457 problem+json, and each dialect into its own envelope.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: FieldError[] = [],
    /** Seconds after which the caller may try again; becomes the Retry-After header. */
    readonly retryAfter?: number,
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

/** 400: the request cannot be carried out as it stands; every wrong field is named. */
export class InvalidRequest extends Problem {
  constructor(errors: FieldError[], code = 'invalid_request', detail?: string) {
    super(400, code, detail ?? errors.map((error) => `${error.path}: ${error.message}`).join('; '), errors);
  }

  static at(path: string, message: string, code?: string): InvalidRequest {
    return new InvalidRequest([{ path, message }], code);
  }
}

/** 401: no credential, or one that is not (or no longer) valid. */
export class Unauthenticated extends Problem {
  constructor(detail = 'A valid API key is needed in the header Authorization: Bearer <key>.') {
    super(401, 'unauthenticated', detail);
  }
}

/** 403: known, but not allowed to do this. */
export class Forbidden extends Problem {
  constructor(detail: string, code = 'forbidden') {
    super(403, code, detail);
  }
}

/** 404: there is no such thing, or none this caller may know of. */
export class NotFound extends Problem {
  constructor(kind: string, key: string) {
    super(404, 'not_found', `There is no ${kind} ${key}.`);
  }
}

/** 409: the request contradicts what is stored. */
export class Conflict extends Problem {
  constructor(code: string, detail: string, errors: FieldError[] = []) {
    super(409, code, detail, errors);
  }
}

/** 503: something Tidings stands on is away for now. */
export class Unavailable extends Problem {
  constructor(code: string, detail: string, retryAfter = 2) {
    super(503, code, detail, [], retryAfter);
  }
}
