import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import type { VendorDefinition } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { VendorDto, VendorPageDto } from './vendor.dto.js';

function toVendorDto({ code, name, kind, settings, capabilities }: VendorDefinition): VendorDto {
  return {
    code,
    name,
    kind,
    settings: settings.map((setting) => ({
      ...setting,
      required: setting.required ?? false,
      sensitive: setting.sensitive ?? false,
    })),
    capabilities,
  };
}

@Controller('api/v1/vendors')
@ApiTags('Vendor accounts')
@ApiTenant()
export class VendorController {
  constructor(private readonly vendors: VendorRegistry) {}

  @Get()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'List vendors',
    description: 'Every vendor this server can send through, what an account with it needs, and what it can do.',
  })
  @ApiProblems(400)
  listVendors(): VendorPageDto {
    return { items: this.vendors.all().map(({ definition }) => toVendorDto(definition)), nextCursor: null };
  }
}
