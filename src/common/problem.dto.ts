/** One wrong field. */
export class FieldErrorDto {
  /**
   * Where the field stands in the request.
   * @example 'audience.users[3]'
   */
  path: string;

  /**
   * What is wrong with it.
   * @example 'must be a string'
   */
  message: string;
}

/** RFC 9457 problem details; `application/problem+json`. */
export class ProblemDto {
  /**
   * Always `about:blank`: `code` tells problems apart.
   * @example 'about:blank'
   */
  type: string;

  /**
   * The HTTP status in words.
   * @example 'Bad Request'
   */
  title: string;

  /**
   * The HTTP status.
   * @example 400
   */
  status: number;

  /**
   * Stable, for programs.
   * @example 'invalid_request'
   */
  code: string;

  /**
   * For people.
   * @example 'audience.users[3]: must be a string'
   */
  detail: string;

  /** Every wrong field; only when fields are to blame. */
  errors?: FieldErrorDto[];
}
