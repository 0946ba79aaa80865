import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import type { Caller } from '../access/principal.js';
import { ApiProblems } from '../common/api-problems.js';
import { Clock } from '../common/clock.js';
import { cursorId, pageOf, PageQuery } from '../common/pagination.js';
import {
  CreateScheduleDto,
  ScheduleDetailDto,
  SchedulePageDto,
  ScheduleRunPageDto,
  StartedRunDto,
  UpdateScheduleDto,
} from './schedule.dto.js';
import { Schedules } from './schedules.js';
import { toScheduleDetailDto, toScheduleDto } from './to-schedule-dto.js';
import { toScheduledRequest } from './to-scheduled-request.js';

@Controller('api/v1/schedules')
@ApiTags('Schedules')
@ApiTenant()
@RequireScope('send')
export class SchedulesController {
  constructor(
    private readonly schedules: Schedules,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List schedules',
    description: "By id, ascending. An application sees its own, the admin everyone's.",
  })
  @ApiProblems(400)
  async listSchedules(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<SchedulePageDto> {
    const rows = await this.schedules.list(caller, limit, cursorId(cursor));
    return pageOf(rows, limit, ({ id }) => id, toScheduleDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create a schedule',
    description:
      'Sends the same request again and again, each run as a message of its own whose correlation id is `schedule:<code>`. ' +
      'The request is checked as `POST /api/v1/messages` would. 409 `already_exists` when the code is taken in this organisation.',
  })
  @ApiProblems(400, 409)
  async createSchedule(@CurrentCaller() caller: Caller, @Body() body: CreateScheduleDto): Promise<ScheduleDetailDto> {
    const { code, name, cron, timeZone, missedRun } = body;
    const request = await toScheduledRequest(body.request, this.clock.now());
    return toScheduleDetailDto(await this.schedules.create(caller, { code, name, cron, timeZone, missedRun, request }));
  }

  @Get(':key')
  @ApiOperation({
    summary: 'Read a schedule',
    description: 'By its code, or by its id as `~1`; with its next five runs.',
  })
  @ApiProblems(400, 404)
  async readSchedule(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<ScheduleDetailDto> {
    return toScheduleDetailDto(await this.schedules.get(caller, key));
  }

  @Patch(':key')
  @ApiOperation({ summary: 'Change a schedule', description: 'Changes only the fields given; the code stays.' })
  @ApiProblems(400, 404)
  async changeSchedule(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Body() { name, cron, timeZone, missedRun, request: message }: UpdateScheduleDto,
  ): Promise<ScheduleDetailDto> {
    const request = message && (await toScheduledRequest(message, this.clock.now()));
    return toScheduleDetailDto(await this.schedules.change(caller, key, { name, cron, timeZone, missedRun, request }));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a schedule', description: 'The messages it has made stay.' })
  @ApiProblems(400, 404)
  async deleteSchedule(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<void> {
    await this.schedules.delete(caller, key);
  }

  @Post(':key/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Pause a schedule', description: 'It does not run until it is resumed.' })
  @ApiProblems(400, 404)
  async pauseSchedule(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<ScheduleDetailDto> {
    return toScheduleDetailDto(await this.schedules.pause(caller, key));
  }

  @Post(':key/resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Resume a schedule',
    description: 'It goes on with its next run; those of the pause are not made up for.',
  })
  @ApiProblems(400, 404)
  async resumeSchedule(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<ScheduleDetailDto> {
    return toScheduleDetailDto(await this.schedules.resume(caller, key));
  }

  @Post(':key/run-now')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run a schedule now',
    description: 'Makes one message now, beside the runs to come; also while paused. Each call makes one.',
  })
  @ApiProblems(400, 404)
  async runSchedule(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<StartedRunDto> {
    return { messageId: (await this.schedules.runNow(caller, key)).id };
  }

  @Get(':key/runs')
  @ApiOperation({
    summary: 'List the runs of a schedule',
    description: 'The newest 50 messages it made. All of them carry the correlation id `schedule:<code>`.',
  })
  @ApiProblems(400, 404)
  async listScheduleRuns(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<ScheduleRunPageDto> {
    return { items: await this.schedules.runs(caller, key), nextCursor: null };
  }
}
