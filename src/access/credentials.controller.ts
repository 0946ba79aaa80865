import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf, PageQuery } from '../common/pagination.js';
import { RequireScope, Tenant } from './access-rules.js';
import { AdminTenant } from './admin-tenant.js';
import { ApiTenant } from './api-tenant.js';
import { CreateCredentialDto, CreatedCredentialDto, CredentialPageDto, toCredentialDto } from './credential.dto.js';
import { Credentials } from './credentials.js';

@Controller('api/v1/applications/:key/credentials')
@ApiTags('Applications')
@ApiTenant()
@RequireScope('operate')
export class CredentialsController {
  constructor(private readonly credentials: Credentials) {}

  @Get()
  @ApiOperation({
    summary: 'List the credentials of an application',
    description: 'By id, ascending, revoked ones too. Secrets are never shown.',
  })
  @ApiProblems(400, 404)
  async listCredentials(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<CredentialPageDto> {
    const rows = await this.credentials.list(organisationId, key, limit, cursorId(cursor));
    return pageOf(rows, limit, ({ id }) => id, toCredentialDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Make a credential',
    description:
      'Only with the admin key. This answer is the only one that shows the secret. 409 `already_exists` when the public id is taken anywhere in the installation.',
  })
  @ApiProblems(400, 404, 409)
  async createCredential(
    @AdminTenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: CreateCredentialDto,
  ): Promise<CreatedCredentialDto> {
    const { credential, secret } = await this.credentials.create(organisationId, key, body);
    return Object.assign(toCredentialDto(credential), { secret });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke a credential',
    description:
      'Only with the admin key. It stops working within 2 seconds, stays listed with `revokedAt`, and its public id may be given out again.',
  })
  @ApiProblems(404)
  async revokeCredential(
    @AdminTenant() organisationId: number,
    @Param('key') key: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.credentials.revoke(organisationId, key, id);
  }
}
