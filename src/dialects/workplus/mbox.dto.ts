import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WorkPlusBodyDto } from './mbox-body.dto.js';

/** A push. */
export class WorkPlusPushDto {
  /**
   * 消息类型, in any case; `default`, or left out, is text.
   * @example 'TEXT'
   */
  @ApiPropertyOptional({
    enum: ['TEXT', 'IMAGE', 'FILE', 'VIDEO', 'ARTICLE', 'TEMPLATE', 'RICH_TEXT', 'DEFAULT'],
    default: 'TEXT',
  })
  type?: string;

  /**
   * 推送消息体, by type. TEXT: `content`. IMAGE: `media_id` (or `path`), or `content` in base64. FILE, VIDEO: `media_id`, `name`.
   * ARTICLE: `articles`. TEMPLATE: `template_id` and `data`. RICH_TEXT: `content`, JSON in a string. A string holding JSON does
   * as well.
   */
  @ApiProperty({ type: WorkPlusBodyDto })
  body: WorkPlusBodyDto;

  /**
   * 消息推送的用户标识: the clientId of people, bare or after the departments that lead to them.
   * @example ['c24b6a94cfb14b79af12a1399edc9e31']
   */
  client_ids?: string[];

  /**
   * 用户账号列表: recipient codes.
   * @example []
   */
  usernames?: string[];

  /**
   * 发送范围: paths of department codes; everyone at or below the last one.
   * @example []
   */
  scopes?: string[];

  /**
   * 是否全员推送: only where the three lists are empty. May stand in the query.
   * @example false
   */
  for_all?: boolean;

  /** Which apps shall show it; ANDROID and IOS when left out. */
  @ApiPropertyOptional({ type: [String], enum: ['ANDROID', 'IOS', 'PC'], example: ['ANDROID', 'IOS', 'PC'] })
  platforms?: string[];

  /** Whether the application is a vendor's; kept, and of no effect. May stand in the query. */
  @ApiPropertyOptional({ enum: ['NATIVE', 'ISV'], default: 'NATIVE' })
  source_type?: string;
}
