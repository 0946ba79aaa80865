import { Readable } from 'node:stream';
import { Controller, HttpCode, Post, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireScope, Tenant } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import { ApiProblems } from '../../common/api-problems.js';
import type { LineResult } from './import-line.js';
import { ImportLineDto } from './import-line.dto.js';
import { ImportResultDto } from './import-result.dto.js';
import { RecipientImport } from './recipient-import.js';
import { IMPORT_PATH, IMPORT_TYPES, importBodyOf } from './import-body.js';

const DESCRIPTION = `
The body is newline-delimited JSON of any length, one person a line, each line at most 64 KiB; \`application/ndjson\` does as well.
Nobody is removed by being left out. A code that stands in several lines is written in their order.

The answer is newline-delimited JSON too, one result for each line that is not blank, in order. A line that is wrong fails alone
and nothing of it is done. Lines are carried out a thousand at a time and their results sent once they are committed, so read
while you send: a client that sends everything first should send at most some 10000 lines a request. A client that goes away
ends the import after the thousand in hand; sending it again does no harm.

**Errors after the first result cannot change the status, which is 200 by then.** When the database goes away in the middle, the
answer ends with one line of status \`failed\` and code null that says that this line and all after it were not done.

A phone or e-mail address in quarantine stays there. Any other content type is answered with 415 \`unsupported_media_type\`.`;

const EXAMPLE = `{"code":"USER001","name":"Zhang Wei","phone":"18660886275","departments":["DEPT001"]}
{"code":"USER002","remove":true}
`;

@ApiTags('Recipients')
@ApiTenant()
@RequireScope('directory')
@Controller()
export class RecipientImportController {
  constructor(private readonly recipientImport: RecipientImport) {}

  @Post(IMPORT_PATH)
  @HttpCode(200)
  @ApiOperation({ summary: 'Create, change and remove many recipients', description: DESCRIPTION })
  @ApiExtraModels(ImportLineDto, ImportResultDto)
  @ApiConsumes(...IMPORT_TYPES)
  @ApiBody({ description: 'One ImportLineDto a line.', schema: { type: 'string', example: EXAMPLE } })
  @ApiResponse({
    status: 200,
    description: 'One ImportResultDto a line.',
    content: { 'application/x-ndjson': { schema: { $ref: getSchemaPath(ImportResultDto) } } },
  })
  @ApiProblems(400)
  async importRecipients(@Tenant() organisationId: number, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const results = this.recipientImport.run(organisationId, importBodyOf(request));
    // Waits for the first results, so that what is wrong from the start is still answered with a status of its own.
    const first = await results.next();
    const answer = Readable.from(first.done ? [] : linesOf(first.value, results), { highWaterMark: 1 });
    return new StreamableFile(answer, { type: 'application/x-ndjson; charset=utf-8' });
  }
}

async function* linesOf(first: LineResult[], rest: AsyncGenerator<LineResult[]>): AsyncGenerator<string> {
  yield toLines(first);
  for await (const results of rest) yield toLines(results);
}

function toLines(results: LineResult[]): string {
  return results.map((result) => `${JSON.stringify(result satisfies ImportResultDto)}\n`).join('');
}
