import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsCode } from '../../common/is-code.js';
import { PageQuery } from '../../common/pagination.js';
import { MESSAGE_STATES, type MessageState } from '../message-state.js';
import { IsTime } from './is-time.js';

/** Which messages to list; every filter given must hold. */
export class MessageQuery extends PageQuery {
  /**
   * Only messages in this state.
   * @example 'sending'
   */
  @IfGiven()
  @IsIn(MESSAGE_STATES)
  @ApiPropertyOptional({ enum: MESSAGE_STATES })
  state?: MessageState;

  /**
   * Only messages with this correlation id.
   * @example 'visit-20261201-7'
   */
  @IfGiven()
  @IsString()
  @MaxLength(128)
  correlationId?: string;

  /**
   * Only messages of the application with this code. An application sees its own in any case, and only these.
   * @example 'clinic'
   */
  @IfGiven()
  @IsCode()
  application?: string;

  /**
   * Only messages made with the template of this code.
   * @example 'MSG1001'
   */
  @IfGiven()
  @IsCode()
  template?: string;

  /**
   * Only messages accepted at this time or later; ISO 8601 with its zone.
   * @example '2026-12-01T00:00:00+08:00'
   */
  @IfGiven()
  @IsTime()
  from?: string;

  /**
   * Only messages accepted before this time; ISO 8601 with its zone.
   * @example '2026-12-02T00:00:00+08:00'
   */
  @IfGiven()
  @IsTime()
  to?: string;
}
