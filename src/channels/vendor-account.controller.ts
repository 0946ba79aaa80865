import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, PageQuery, pageOf } from '../common/pagination.js';
import { AccountVerification } from './account-verification.js';
import { SandboxMessagePageDto, SandboxMessageQuery } from './sandbox-message.dto.js';
import { SandboxMessages } from './sandbox-messages.js';
import { smallCursor } from './small-cursor.js';
import { toVendorAccountDto } from './to-vendor-account-dto.js';
import {
  CreateVendorAccountDto,
  UpdateVendorAccountDto,
  VendorAccountDto,
  VendorAccountPageDto,
  VerificationDto,
} from './vendor-account.dto.js';
import { VendorAccountService } from './vendor-account.service.js';

@Controller('api/v1/vendor-accounts')
@ApiTags('Vendor accounts')
@ApiTenant()
export class VendorAccountController {
  constructor(
    private readonly accounts: VendorAccountService,
    private readonly verification: AccountVerification,
    private readonly sandboxMessages: SandboxMessages,
  ) {}

  @Get()
  @RequireScope('operate')
  @ApiOperation({ summary: 'List vendor accounts', description: 'In order of id; secrets by name only.' })
  @ApiProblems(400)
  async listVendorAccounts(@Tenant() organisationId: number, @Query() query: PageQuery): Promise<VendorAccountPageDto> {
    const rows = await this.accounts.list(organisationId, smallCursor(query.cursor), query.limit + 1);
    return pageOf(rows, query.limit, ({ account }) => account.id, toVendorAccountDto);
  }

  @Post()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Create a vendor account',
    description:
      'Its settings are checked against the vendor (`GET /api/v1/vendors`): every unknown, missing or wrong one is named ' +
      'as `settings.<name>`. Secret ones are encrypted and never returned. 409 `already_exists`: the code is taken.',
  })
  @ApiProblems(400, 409)
  async createVendorAccount(
    @Tenant() organisationId: number,
    @Body() body: CreateVendorAccountDto,
  ): Promise<VendorAccountDto> {
    return toVendorAccountDto(await this.accounts.create(organisationId, body));
  }

  @Get(':key')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Get a vendor account', description: '`key` is its code, or `~` and its id.' })
  @ApiProblems(400, 404)
  async getVendorAccount(@Tenant() organisationId: number, @Param('key') key: string): Promise<VendorAccountDto> {
    return toVendorAccountDto(await this.accounts.get(organisationId, key));
  }

  @Patch(':key')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Change a vendor account',
    description:
      'Changes the given fields; code and vendor stay. Given settings are laid over the stored ones, null takes one away; ' +
      'new settings also end a pause, and what waits under the old limits of `pace` goes by the new ones. 409 `secrets_unreadable`: the stored secrets were encrypted under another key.',
  })
  @ApiProblems(400, 404, 409)
  async updateVendorAccount(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: UpdateVendorAccountDto,
  ): Promise<VendorAccountDto> {
    return toVendorAccountDto(await this.accounts.change(organisationId, key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Delete a vendor account',
    description: '409 `in_use`: it is on the route of channels, which are named, or messages are being sent over it.',
  })
  @ApiProblems(400, 404, 409)
  async deleteVendorAccount(@Tenant() organisationId: number, @Param('key') key: string): Promise<void> {
    await this.accounts.delete(organisationId, key);
  }

  @Post(':key/verify')
  @HttpCode(200)
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Try a vendor account',
    description:
      'Asks the vendor, within 10 seconds and without a message reaching anybody. A failure is kept as the account’s ' +
      '`problem`; success forgets any problem and ends a pause.',
  })
  @ApiProblems(400, 404)
  async verifyVendorAccount(@Tenant() organisationId: number, @Param('key') key: string): Promise<VerificationDto> {
    const { ok, detail } = await this.verification.verify(organisationId, key);
    return { ok, detail };
  }

  @Get(':key/sandbox-messages')
  @RequireScope('read')
  @ApiOperation({
    summary: 'List what a sandbox account was sent',
    description:
      'One item per person, newest first, with the words as that person got them. Kept for 30 days and the newest 20 000 ' +
      'calls of the organisation; empty for accounts of other vendors.',
  })
  @ApiProblems(400, 404)
  async listSandboxMessages(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Query() { limit, cursor, address }: SandboxMessageQuery,
  ): Promise<SandboxMessagePageDto> {
    const { id } = await this.accounts.stored(organisationId, key);
    const page = { before: cursorId(cursor), address, take: limit + 1 };
    const rows = await this.sandboxMessages.newest(organisationId, id, page);
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }
}
