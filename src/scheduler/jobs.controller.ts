import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../access/access-rules.js';
import { ApiProblems } from '../common/api-problems.js';
import { Clock } from '../common/clock.js';
import { JobPageDto, toJobDto } from './job.dto.js';
import { JobRunner } from './job-runner.js';

@Controller('api/v1/jobs')
@ApiTags('Jobs')
@ApiBearerAuth('key')
@AdminOnly()
export class JobsController {
  constructor(
    private readonly runner: JobRunner,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List recurring jobs',
    description:
      'Only with the admin key. What Tidings does by itself, with the last slot that was run and the next one.',
  })
  @ApiProblems()
  async listJobs(): Promise<JobPageDto> {
    const slots = await this.runner.slots(this.clock.now());
    return { items: slots.map(toJobDto), nextCursor: null };
  }
}
