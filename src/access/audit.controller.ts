import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf } from '../common/pagination.js';
import { InvalidRequest, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import { AdminOnly } from './access-rules.js';
import { AuditTrail, INSTALLATION } from './audit-trail.js';
import { AuditPageDto, AuditQuery, toAuditEntryDto } from './audit.dto.js';
import { Organisations } from './organisations.js';

@Controller('api/v1/audit')
@ApiTags('Audit')
@ApiBearerAuth('key')
@AdminOnly()
export class AuditController {
  constructor(
    private readonly auditTrail: AuditTrail,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List who changed what',
    description:
      'Every change through this API that succeeded, newest first: all by the admin key, and those by applications except sending messages, imports and reading the inbox. Only with the admin key.',
  })
  @ApiHeader({
    name: 'X-Organisation',
    required: false,
    description:
      'Code of the organisation, or its id as `~1`, which finds the audit of a deleted one too. Left out: changes to the installation itself, that is to organisations.',
    schema: { type: 'string' },
  })
  @ApiProblems(400)
  async listAuditEntries(
    @Query() { limit, cursor, actor, path }: AuditQuery,
    @Headers('X-Organisation') organisation?: string,
  ): Promise<AuditPageDto> {
    const filter = { actor, pathPrefix: path, beforeId: cursorId(cursor), limit };
    const rows = await this.auditTrail.list(await this.organisationId(organisation), filter);
    return pageOf(rows, limit, ({ id }) => id, toAuditEntryDto);
  }

  private async organisationId(named: string | undefined): Promise<number> {
    if (named === undefined || named === '') return INSTALLATION;
    const key = smallResourceKey(named);
    if ('id' in key) return key.id;
    try {
      return (await this.organisations.get(named)).id;
    } catch (error) {
      if (error instanceof NotFound) throw InvalidRequest.at('X-Organisation', `there is no organisation ${named}`);
      throw error;
    }
  }
}
