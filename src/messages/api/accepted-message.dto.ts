/** What of the audience names nobody; the rest gets the message. */
export class UnresolvedDto {
  /**
   * Codes of recipients there are none of.
   * @example ['USER404']
   */
  users: string[];

  /**
   * Codes of departments there are none of.
   * @example []
   */
  departments: string[];

  /**
   * Codes of posts there are none of.
   * @example []
   */
  posts: string[];

  /**
   * Codes of roles there are none of.
   * @example []
   */
  roles: string[];

  /**
   * Codes of tags there are none of.
   * @example []
   */
  tags: string[];

  /**
   * Paths that lead to no department.
   * @example []
   */
  scopes: string[];

  /**
   * Ids of endpoints there are none of.
   * @example []
   */
  endpoints: string[];

  /**
   * Aliases that no endpoint bore when the message was accepted; one that does when it is planned still gets it.
   * @example []
   */
  aliases: string[];
}

/** The message is stored and will be sent, whatever happens to this server. */
export class AcceptedMessageDto {
  /**
   * The message's id.
   * @example '42'
   */
  id: string;

  /**
   * `scheduled` when `sendAt` lies ahead, otherwise `accepted`.
   * @example 'accepted'
   */
  state: 'scheduled' | 'accepted';

  /** What of the audience names nobody. */
  unresolved: UnresolvedDto;

  /**
   * True when an earlier call with the same dedup key made the message and this one repeated it.
   * @example false
   */
  replayed: boolean;
}
