import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import type { Caller } from '../access/principal.js';
import { ApiProblems } from '../common/api-problems.js';
import { InvalidRequest } from '../common/problem.js';
import { TemplateTrial, type TestSendRequest } from './template-trial.js';
import {
  PreviewTemplateDto,
  TemplatePreviewDto,
  TestSendDto,
  TestSentDto,
  type TestTargetDto,
} from './template-trial.dto.js';

@Controller('api/v1/templates/:key')
@ApiTags('Templates')
@ApiTenant()
@RequireScope('templates')
export class TemplateTrialController {
  constructor(private readonly trial: TemplateTrial) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Preview a template',
    description:
      'Renders a version, also a draft, as a recipient would see it; nothing is sent. 400 names every variable that is missing or wrong.',
  })
  @ApiProblems(400, 404)
  previewTemplate(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: PreviewTemplateDto,
  ): Promise<TemplatePreviewDto> {
    return this.trial.preview(organisationId, key, body);
  }

  @RequireScope('send')
  @Post('test-send')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a test',
    description:
      'Sends a version, also a draft, for real to one person or address on one channel. 400 names every variable that is missing or wrong.',
  })
  @ApiProblems(400, 404)
  testSendTemplate(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Body() { to, ...rest }: TestSendDto,
  ): Promise<TestSentDto> {
    return this.trial.send(caller, key, { ...rest, to: targetOf(to) });
  }
}

function targetOf({ recipient, address }: TestTargetDto): TestSendRequest['to'] {
  if (recipient !== undefined && address === undefined) return { recipient };
  if (address !== undefined && recipient === undefined) return { address };
  throw InvalidRequest.at('to', 'needs either recipient or address');
}
