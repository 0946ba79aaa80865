import { ApiProperty } from '@nestjs/swagger';

/** Who wants a token. */
export class WorkPlusTokenRequestDto {
  /**
   * Always `client_credentials`.
   * @example 'client_credentials'
   */
  grant_type: string;

  /**
   * Always `app`.
   * @example 'app'
   */
  scope: string;

  /**
   * 域标识 of the application, as its settings have it.
   * @example 'atwork'
   */
  domain_id: string;

  /**
   * 组织标识 of the application; applications of a whole domain send owner_id instead.
   * @example 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2'
   */
  org_id?: string;

  /** The domain_id again, for applications of a whole domain. */
  owner_id?: string;

  /**
   * AppKey: the publicId of the application's credential of kind `client-secret`.
   * @example 'AppKey'
   */
  client_id: string;

  /**
   * AppSecret: the secret of that credential.
   * @example '5tAkUIt1rrnP0WNLg7BWYuuqwzn3xRoO'
   */
  client_secret: string;
}

/** A token. The one given before stops working. */
export class WorkPlusTokenDto {
  /**
   * To be sent as `access_token`; 32 hexadecimal digits.
   * @example '7447497d58de4d55879ce1e441a101c4'
   */
  access_token: string;

  /**
   * Reserved; the same as access_token.
   * @example '7447497d58de4d55879ce1e441a101c4'
   */
  refresh_token: string;

  /**
   * From when it holds, in milliseconds.
   * @example 1484882719965
   */
  @ApiProperty({ type: 'integer' })
  issued_time: number;

  /**
   * Until when, in milliseconds: 30 days later.
   * @example 1487474719965
   */
  @ApiProperty({ type: 'integer' })
  expire_time: number;

  /**
   * 应用标识.
   * @example '92bc3faa-12bd-4afc-9962-01f2410f0bee'
   */
  client_id: string;
}
