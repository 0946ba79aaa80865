import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from '../access/access-rules.js';
import { ApiProblems } from '../common/api-problems.js';
import { Unavailable } from '../common/problem.js';
import { HealthDto } from './health.dto.js';

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('live')
  @ApiOperation({
    summary: 'Whether the process runs',
    description: 'Answers as long as the process can answer at all; restart it when it does not.',
  })
  @ApiProblems()
  getLiveness(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether requests can be served',
    description: 'Asks the database; 503 with Retry-After while it is away.',
  })
  @ApiProblems()
  async getReadiness(): Promise<HealthDto> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch {
      throw new Unavailable('database_unavailable', 'The database cannot be reached at the moment.');
    }
    return { status: 'ok' };
  }
}
