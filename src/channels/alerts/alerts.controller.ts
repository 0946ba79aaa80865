import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import { ApiProblems } from '../../common/api-problems.js';
import { cursorId, pageOf } from '../../common/pagination.js';
import { AlertPageDto, AlertQuery } from './alert.dto.js';
import { Alerts } from './alerts.js';

@Controller('api/v1/alerts')
@ApiTags('Vendor accounts')
@ApiTenant()
export class AlertsController {
  constructor(private readonly alerts: Alerts) {}

  @Get()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'List alerts',
    description:
      'What befell vendor accounts, newest first, kept for 90 days. An account that stays in the same trouble is told of once an hour.',
  })
  @ApiProblems(400)
  async listAlerts(
    @Tenant() organisationId: number,
    @Query() { limit, cursor, vendorAccount, kind }: AlertQuery,
  ): Promise<AlertPageDto> {
    const rows = await this.alerts.list(organisationId, { before: cursorId(cursor), vendorAccount, kind, limit });
    return pageOf(
      rows,
      limit,
      ({ id }) => id,
      (row) => row,
    );
  }
}
