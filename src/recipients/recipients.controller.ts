import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf } from '../common/pagination.js';
import {
  CreateRecipientDto,
  RecipientDto,
  RecipientPageDto,
  RecipientQuery,
  UpdateRecipientDto,
} from './recipient.dto.js';
import type { GroupKind } from './recipient-group.entity.js';
import { Recipients } from './recipients.service.js';
import { toRecipientDto } from './to-recipient-dto.js';

/** Splits `kind:code`; the code may hold a colon itself. */
function groupOf(text: string): { kind: GroupKind; code: string } {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as GroupKind, code: text.slice(colon + 1) };
}

@ApiTags('Recipients')
@ApiTenant()
@RequireScope('directory')
@Controller('api/v1/recipients')
export class RecipientsController {
  constructor(private readonly recipients: Recipients) {}

  @Post()
  @ApiOperation({
    summary: 'Create a recipient',
    description:
      'Makes a person with their inbox, and on request with a phone, a mailbox and memberships, all or nothing. ' +
      '409 `already_exists` when the code, the client id or the id is taken.',
  })
  @ApiProblems(400, 409)
  async createRecipient(@Tenant() organisationId: number, @Body() body: CreateRecipientDto): Promise<RecipientDto> {
    return toRecipientDto(await this.recipients.create(organisationId, body));
  }

  @Get()
  @ApiOperation({ summary: 'List recipients', description: 'By id; every filter given must match.' })
  @ApiProblems(400)
  async listRecipients(@Tenant() organisationId: number, @Query() query: RecipientQuery): Promise<RecipientPageDto> {
    const { limit, cursor, code, search } = query;
    const group = query.group === undefined ? undefined : groupOf(query.group);
    const people = await this.recipients.list(organisationId, { limit, cursor, code, group, search });
    return pageOf(people, limit, ({ recipient }) => recipient.id, toRecipientDto);
  }

  @Get(':key')
  @ApiOperation({
    summary: 'Get a recipient',
    description: 'With groups and endpoints. `key` is the code, or `~` and the id.',
  })
  @ApiProblems(400, 404)
  async getRecipient(@Tenant() organisationId: number, @Param('key') key: string): Promise<RecipientDto> {
    return toRecipientDto(await this.recipients.get(organisationId, key));
  }

  @Patch(':key')
  @ApiOperation({
    summary: 'Change a recipient',
    description: 'Only the fields given; the code cannot be changed. 409 `already_exists` when the client id is taken.',
  })
  @ApiProblems(400, 404, 409)
  async updateRecipient(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: UpdateRecipientDto,
  ): Promise<RecipientDto> {
    return toRecipientDto(await this.recipients.update(organisationId, key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a recipient',
    description: 'With all endpoints and memberships; the records of what was sent stay.',
  })
  @ApiProblems(400, 404)
  deleteRecipient(@Tenant() organisationId: number, @Param('key') key: string): Promise<void> {
    return this.recipients.delete(organisationId, key);
  }
}
