import { ApiExtraModels, ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsCode } from '../common/is-code.js';
import { ContentDto } from '../messages/api/content.dto.js';
import { CreateMessageDto } from '../messages/api/create-message.dto.js';
import { IsPart } from '../messages/api/is-part.js';
import { MESSAGE_STATES, type MessageState } from '../messages/message-state.js';
import { IsTimeZone } from '../common/is-time-zone.js';

const MISSED_RUNS = ['fire', 'skip'] as const;
const LONGEST_EXPIRY = 366 * 24 * 3600;

/** A message as it is given to `POST /api/v1/messages`, without what each run settles: its times and keys. */
@ApiExtraModels(ContentDto)
export class ScheduledMessageDto extends OmitType(CreateMessageDto, [
  'sendAt',
  'expiresAt',
  'dedupKey',
  'correlationId',
] as const) {
  /**
   * Seconds after its time at which a run is not sent any more; 1 to 31 622 400 (366 days). Left out: it is sent however late.
   * @example 3600
   */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(LONGEST_EXPIRY)
  @ApiPropertyOptional({ type: 'integer' })
  expiresAfter?: number;
}

/** What may be changed of a schedule; a field left out stays as it is. */
export class UpdateScheduleDto {
  /**
   * For people; 1 to 200 characters.
   * @example 'Reminder of the morning round'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;

  /**
   * When it runs, by the clocks of `timeZone`: minute, hour, day of month, month, day of week, as cron has them; a sixth field in front
   * gives the seconds. A time that does not exist when the clocks go forward comes as much later; one that exists twice when they go back
   * comes once, unless it is every hour's.
   * @example '0 8 * * MON-FRI'
   */
  @IfGiven()
  @IsString()
  @Length(1, 100)
  cron?: string;

  /**
   * Time zone of the IANA database whose clocks `cron` means.
   * @example 'Asia/Shanghai'
   */
  @IfGiven()
  @IsTimeZone()
  timeZone?: string;

  /**
   * What becomes of runs that were missed because nothing was running: `fire` makes up for all of them with one run, `skip` goes on with
   * the next. A run is missed when it is more than 60 seconds late.
   * @example 'fire'
   */
  @IfGiven()
  @IsIn(MISSED_RUNS)
  missedRun?: 'fire' | 'skip';

  /** What to send at each run; replaces the request as a whole. */
  @IfGiven()
  @IsPart(() => ScheduledMessageDto)
  request?: ScheduledMessageDto;
}

/** A new schedule: a message sent again and again. */
export class CreateScheduleDto {
  /**
   * What it is called by; unique in the organisation, never changed. 1 to 64 characters.
   * @example 'morning-round'
   */
  @IsCode()
  code: string;

  /**
   * For people; 1 to 200 characters.
   * @example 'Reminder of the morning round'
   */
  @IsString()
  @Length(1, 200)
  name: string;

  /**
   * When it runs, by the clocks of `timeZone`: minute, hour, day of month, month, day of week, as cron has them; a sixth field in front
   * gives the seconds. A time that does not exist when the clocks go forward comes as much later; one that exists twice when they go back
   * comes once, unless it is every hour's.
   * @example '0 8 * * MON-FRI'
   */
  @IsString()
  @Length(1, 100)
  cron: string;

  /**
   * Time zone of the IANA database whose clocks `cron` means. Left out: the organisation's.
   * @example 'Asia/Shanghai'
   */
  @IfGiven()
  @IsTimeZone()
  timeZone?: string;

  /**
   * What becomes of runs that were missed because nothing was running: `fire` makes up for all of them with one run, `skip` goes on with
   * the next. A run is missed when it is more than 60 seconds late.
   * @example 'fire'
   */
  @IfGiven()
  @IsIn(MISSED_RUNS)
  @ApiPropertyOptional({ enum: MISSED_RUNS })
  missedRun: 'fire' | 'skip' = 'fire';

  /** What to send at each run. Checked now, as far as it can be: later a template may be archived or a channel be deleted. */
  @IsPart(() => ScheduledMessageDto)
  request: ScheduledMessageDto;
}

/** A message sent again and again. */
export class ScheduleDto {
  /**
   * Given by Tidings.
   * @example '1'
   */
  id: string;

  /**
   * What it is called by.
   * @example 'morning-round'
   */
  code: string;

  /**
   * For people.
   * @example 'Reminder of the morning round'
   */
  name: string;

  /**
   * Id of the application whose schedule it is; null for the admin's.
   * @example '1'
   */
  applicationId: string | null;

  /**
   * When it runs, by the clocks of `timeZone`.
   * @example '0 8 * * MON-FRI'
   */
  cron: string;

  /**
   * Whose clocks `cron` means.
   * @example 'Asia/Shanghai'
   */
  timeZone: string;

  /**
   * What becomes of missed runs.
   * @example 'fire'
   */
  missedRun: 'fire' | 'skip';

  /**
   * A paused one does not run.
   * @example 'active'
   */
  state: 'active' | 'paused';

  /** What is sent at each run. */
  request: ScheduledMessageDto;

  /**
   * Time of the next run; null while paused.
   * @example '2026-12-01T00:00:00.000Z'
   */
  nextAt: Date | null;

  /**
   * Time that the last run was for, whether it went well or not; runs made by hand do not count. Null before the first.
   * @example '2026-11-30T00:00:00.000Z'
   */
  lastAt: Date | null;

  /**
   * The message of the last run that went well; null before the first.
   * @example '42'
   */
  lastMessageId: string | null;

  /**
   * Why the last run made no message; null when it did.
   * @example 'template.code: there is no published template MSG1001'
   */
  lastError: string | null;

  /**
   * When it was created.
   * @example '2026-11-20T03:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When it was last changed.
   * @example '2026-11-20T03:00:00.000Z'
   */
  updatedAt: Date;
}

/** A schedule with the times to come. */
export class ScheduleDetailDto extends ScheduleDto {
  /**
   * The next five runs; none while paused.
   * @example ['2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z']
   */
  nextRuns: Date[];
}

/** One page of schedules. */
export class SchedulePageDto {
  /** By id, ascending. */
  items: ScheduleDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}

/** A run made by hand. */
export class StartedRunDto {
  /**
   * The message it made.
   * @example '42'
   */
  messageId: string;
}

/** A message that a schedule made. */
export class ScheduleRunDto extends StartedRunDto {
  /**
   * How far the message is.
   * @example 'done'
   */
  @ApiProperty({ enum: MESSAGE_STATES })
  state: MessageState;

  /**
   * When the message was made.
   * @example '2026-12-01T00:00:00.012Z'
   */
  createdAt: Date;

  /**
   * When everything of it had been sent, or it ended otherwise; null until then.
   * @example '2026-12-01T00:00:03.000Z'
   */
  finishedAt: Date | null;
}

/** What a schedule has sent. */
export class ScheduleRunPageDto {
  /** The newest 50, newest first. */
  items: ScheduleRunDto[];

  /**
   * Always null: older ones are found by the messages' correlation id `schedule:<code>`.
   * @example null
   */
  nextCursor: string | null;
}
