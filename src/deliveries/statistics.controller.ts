import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import type { Caller } from '../access/principal.js';
import { ApiProblems } from '../common/api-problems.js';
import { DayStatisticQuery, DayStatisticsDto, MessageStatisticsDto } from './statistic.dto.js';
import { Statistics, sumOf } from './statistics.js';

@Controller('api/v1/statistics')
@ApiTags('Statistics')
@ApiTenant()
@RequireScope('read')
export class StatisticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get('messages/:id')
  @ApiOperation({
    summary: 'Count the deliveries of a message',
    description: 'Per channel and vendor account, up to the moment. 404 for messages of other applications, too.',
  })
  @ApiProblems(404)
  async getMessageStatistics(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MessageStatisticsDto> {
    return { messageId: id, ...(await this.statistics.ofMessage(caller, id)) };
  }

  @Get('days')
  @ApiOperation({
    summary: 'Count deliveries by day, channel, vendor account or template',
    description:
      'Of the whole organisation, whichever application sent them: the scope `read` is enough, as no message shows. Every ' +
      'delivery counts on the UTC day on which the sending of its message began, also what is said of it later.',
  })
  @ApiProblems(400)
  async getDayStatistics(
    @Tenant() organisationId: number,
    @Query() { from, to, groupBy }: DayStatisticQuery,
  ): Promise<DayStatisticsDto> {
    const items = await this.statistics.ofDays(organisationId, from, to, groupBy);
    return { groupBy, items, total: sumOf(items) };
  }
}
