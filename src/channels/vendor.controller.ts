import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import type { VendorDefinition, VendorField } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { VendorDto, type VendorFieldDto, VendorPageDto } from './vendor.dto.js';

function toVendorDto({ code, name, kind, serves, settings, options, capabilities }: VendorDefinition): VendorDto {
  return {
    code,
    name,
    kind,
    serves: serves ?? null,
    settings: settings.map((setting) => ({
      ...toFieldDto(setting),
      required: setting.required ?? false,
      sensitive: setting.sensitive ?? false,
    })),
    options: (options ?? []).map(toFieldDto),
    capabilities: { ...capabilities, badge: [...capabilities.badge] },
  };
}

/** Without a class, so that it can be spread. */
type Fields<Dto> = { [Name in keyof Dto]: Dto[Name] };

function toFieldDto(field: VendorField): Fields<VendorFieldDto> {
  const { name, type, description, min, max, default: usual, example } = field;
  const values = field.values === undefined ? undefined : [...field.values];
  return { name, type, description, values, min, max, default: usual, example };
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
