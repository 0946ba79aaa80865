/** The state of this process. */
export class HealthDto {
  /**
   * `ok` while the process can do its work.
   * @example 'ok'
   */
  status: string;
}
