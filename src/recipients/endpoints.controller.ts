import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf } from '../common/pagination.js';
import {
  EndpointDto,
  EndpointPageDto,
  EndpointQuery,
  QuarantineEndpointDto,
  RegisterEndpointDto,
} from './endpoint.dto.js';
import { Endpoints, type OwnedEndpoint } from './endpoints.service.js';
import { toEndpointDto } from './to-endpoint-dto.js';

const toOwnedDto = (endpoint: OwnedEndpoint): EndpointDto => toEndpointDto(endpoint, endpoint.recipient);

@ApiTags('Endpoints')
@ApiTenant()
@RequireScope('directory')
@Controller('api/v1/endpoints')
export class EndpointsController {
  constructor(private readonly endpoints: Endpoints) {}

  @Post()
  @ApiOperation({
    summary: 'Register an endpoint',
    description:
      'Makes the endpoint, or brings a known one up to date: one in quarantine becomes active again. A device token (`vendor` is ' +
      'not empty) belongs to one person at a time and moves to the one named here; a phone or mailbox may be shared.',
  })
  @ApiProblems(400)
  async registerEndpoint(@Tenant() organisationId: number, @Body() body: RegisterEndpointDto): Promise<EndpointDto> {
    return toOwnedDto(await this.endpoints.register(organisationId, body));
  }

  @Get()
  @ApiOperation({ summary: 'List endpoints', description: 'By id; every filter given must match.' })
  @ApiProblems(400)
  async listEndpoints(@Tenant() organisationId: number, @Query() query: EndpointQuery): Promise<EndpointPageDto> {
    const endpoints = await this.endpoints.list(organisationId, query);
    return pageOf(endpoints, query.limit, ({ id }) => id, toOwnedDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an endpoint', description: 'Endpoints have no code: `id` is the plain number.' })
  @ApiProblems(400, 404)
  async getEndpoint(@Tenant() organisationId: number, @Param('id') id: string): Promise<EndpointDto> {
    return toOwnedDto(await this.endpoints.get(organisationId, id));
  }

  @Post(':id/quarantine')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Quarantine an endpoint',
    description:
      'Nothing is sent to it until it is restored or registered again. In quarantine already, it takes the new reason.',
  })
  @ApiProblems(400, 404)
  async quarantineEndpoint(
    @Tenant() organisationId: number,
    @Param('id') id: string,
    @Body() body: QuarantineEndpointDto,
  ): Promise<EndpointDto> {
    return toOwnedDto(await this.endpoints.quarantine(organisationId, id, body.reason));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an endpoint out of quarantine', description: 'Does nothing to an active one.' })
  @ApiProblems(400, 404)
  async restoreEndpoint(@Tenant() organisationId: number, @Param('id') id: string): Promise<EndpointDto> {
    return toOwnedDto(await this.endpoints.restore(organisationId, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an endpoint',
    description: 'An inbox stays as long as its recipient (409 `in_use`).',
  })
  @ApiProblems(400, 404, 409)
  deleteEndpoint(@Tenant() organisationId: number, @Param('id') id: string): Promise<void> {
    return this.endpoints.delete(organisationId, id);
  }
}
