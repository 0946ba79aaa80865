import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import type { Caller } from '../../access/principal.js';
import { ApiProblems } from '../../common/api-problems.js';
import { LIVE_PATH } from './events.js';
import { CreateLiveTokenDto, LiveTokenDto } from './live-token.dto.js';
import { TokenOffice } from './token-office.js';

@Controller('api/v1/recipients/:key/live-tokens')
@ApiTags('Live')
@ApiTenant()
@RequireScope('send')
export class LiveTokensController {
  constructor(private readonly office: TokenOffice) {}

  @Post()
  @ApiOperation({
    summary: 'Let a person connect to the live channel',
    description:
      'A token for one person, who then sees the inbox live: the items of messages sent by this application, or of all with the admin ' +
      'key. With `device`, pushes to that device also go over the connection. `key` is the code of the person, or `~` and the id.',
  })
  @ApiProblems(400, 404, 409)
  async createLiveToken(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Body() { device, platform = '', expiresInSeconds }: CreateLiveTokenDto,
  ): Promise<LiveTokenDto> {
    const { token, expiresAt } = await this.office.issue(caller, key, {
      device: device ?? null,
      platform,
      seconds: expiresInSeconds,
    });
    return { token, expiresAt, url: LIVE_PATH };
  }
}
