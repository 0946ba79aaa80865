import { ApiProperty } from '@nestjs/swagger';
import { MESSAGE_STATES } from '../../messages/message-state.js';

/** What every answer about a push has. */
class PushDto {
  /**
   * 域标识.
   * @example 'atwork'
   */
  domain_id: string;

  /**
   * 组织标识.
   * @example 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2'
   */
  org_id: string;

  /**
   * 推送计划ID: `GET /v1/apps/mbox/{id}` says how far it has come.
   * @example 'f3b9250c-96d4-414b-be7f-308f2fdeca99'
   */
  id: string;

  /**
   * 推送者ID.
   * @example '92bc3faa-12bd-4afc-9962-01f2410f0bee'
   */
  app_id: string;

  /**
   * 推送的素材ID; follows from `id`.
   * @example '52dec89a-04a0-4127-99b5-a3d136c638a4'
   */
  material_id: string;

  /**
   * 目标推送数: people it reaches.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  expects: number;

  /**
   * 推送失败数: client_ids and usernames that are nobody's, and deliveries that failed.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  fails: number;

  /**
   * 成功推送数.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  oks: number;

  /**
   * When it was made, in milliseconds.
   * @example 1485053077748
   */
  @ApiProperty({ type: 'integer' })
  create_time: number;

  /**
   * When its last delivery had its outcome, in milliseconds; 0 before.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  refresh_time: number;

  /**
   * create_time and half an hour.
   * @example 1485054877748
   */
  @ApiProperty({ type: 'integer' })
  expect_time: number;
}

/** What a push is answered with: `oks` is 0, since nothing has gone out yet. */
export class WorkPlusPushResultDto extends PushDto {
  /**
   * 发送范围, each as `/122/234/`.
   * @example []
   */
  @ApiProperty({ type: [String] })
  scopes: string[];

  /**
   * 消息推送的对象标记: the client_ids given, after the departments that lead to their first one; bare for people in none.
   * @example ['/232/301/c24b6a94cfb14b79af12a1399edc9e31']
   */
  client_ids: string[];
}

/** How far a push has come. */
export class WorkPlusPushStateDto extends PushDto {
  /**
   * Of `oks` those that were read.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  reads: number;

  /**
   * `accepted`, `planning`, `sending`, `done`, `cancelled` or `expired`. `expects` grows until it is planned.
   * @example 'done'
   */
  @ApiProperty({ enum: MESSAGE_STATES })
  state: string;
}
