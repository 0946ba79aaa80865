import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/access-rules.js';
import { ApiWorkPlus } from './api-workplus.js';
import { STATUSES, wrongParameter } from './statuses.js';
import { WorkPlusTokenDto, WorkPlusTokenRequestDto } from './token.dto.js';
import { toSuccess, type WireSuccess } from './to-response.js';
import { WorkPlusTokens } from './workplus-tokens.js';

const APPLICATION = {
  grant_type: 'client_credentials',
  scope: 'app',
  domain_id: 'atwork',
  client_id: 'AppKey',
  client_secret: '5tAkUIt1rrnP0WNLg7BWYuuqwzn3xRoO',
};

@Public()
@ApiTags('WorkPlus')
@Controller('v1/token')
export class WorkPlusTokenController {
  constructor(private readonly tokens: WorkPlusTokens) {}

  @Post()
  @HttpCode(200)
  @ApiWorkPlus({
    summary: 'Token 申请: get an access token',
    description: 'An application has one token: the one given before stops working at once.',
    result: WorkPlusTokenDto,
    example: {
      access_token: '7447497d58de4d55879ce1e441a101c4',
      refresh_token: '7447497d58de4d55879ce1e441a101c4',
      issued_time: 1484882719965,
      expire_time: 1487474719965,
      client_id: '92bc3faa-12bd-4afc-9962-01f2410f0bee',
    },
    failures: [wrongParameter('org_id'), STATUSES.noApplication, STATUSES.applicationRefused],
    token: false,
  })
  @ApiBody({
    type: WorkPlusTokenRequestDto,
    examples: {
      organisation: {
        summary: '组织应用参数',
        value: { ...APPLICATION, org_id: 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2' },
      },
      domain: { summary: '域应用参数', value: { ...APPLICATION, owner_id: 'atwork' } },
    },
  })
  async getToken(@Body() body: unknown): Promise<WireSuccess<WorkPlusTokenDto>> {
    return toSuccess(await this.tokens.grant(body));
  }
}
