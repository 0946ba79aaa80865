import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../access/access-rules.js';
import { ApiProblems } from '../common/api-problems.js';
import { ReceiptCallbacks } from './receipt-callbacks.js';
import { ReceiptsDto } from './receipt.dto.js';

const TEXT = 'text/plain; charset=utf-8';

@Controller('api/v1/receipts')
@ApiTags('Receipts')
@Public()
export class ReceiptsController {
  constructor(private readonly callbacks: ReceiptCallbacks) {}

  @Post(':account/:secret')
  @ApiOperation({
    summary: 'Hand in receipts',
    description:
      'The address is the `receiptUrl` of a vendor account: `account` is `<id of the organisation>-<id of the vendor account>`, `secret` its ' +
      'receipt secret; no other credential is needed. Vendors post in their own words and are answered in these, signatures checked ' +
      'where there are any. Accounts of vendors without callbacks (`sandbox`, `webhook`, `apns`, `fcm`, `webpush`) take the body shown ' +
      'here and answer 204; for a push vendor your own server tells what your apps confirmed. Answered once ' +
      'the receipts are stored. A delivery only ever moves forward (sent, delivered, read), so receipts may come in any order and ' +
      'more than once. 404: no such account, or another secret.',
  })
  @ApiConsumes('application/json')
  @ApiBody({ type: ReceiptsDto })
  @ApiResponse({ status: 200, description: 'Stored; the words are those that the vendor expects.' })
  @ApiResponse({ status: 204, description: 'Stored.' })
  @ApiProblems(400, 404, 413)
  async submitReceipts(
    @Param('account') name: string,
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(name, secret, request, reply);
  }

  @Get(':account/:secret')
  @ApiOperation({
    summary: 'Hand in receipts in the query',
    description: 'For gateways of the vendor `http-sms` that report by GET; otherwise as by POST.',
  })
  @ApiResponse({ status: 200, description: 'Stored; the words are those that the gateway expects.' })
  @ApiProblems(400, 404)
  async submitReceiptsInQuery(
    @Param('account') name: string,
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(name, secret, request, reply);
  }

  private async answer(name: string, secret: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { method, url, headers, query, body } = request;
    const {
      status,
      contentType,
      body: words,
    } = await this.callbacks.take(name, secret, {
      method,
      path: url,
      headers: firstOfEach(headers),
      query: firstOfEach(query as Record<string, string | string[] | undefined>),
      body: typeof body === 'string' ? body : '',
    });
    reply.status(status);
    if (words !== undefined) reply.header('content-type', contentType ?? defaultType(words));
    await reply.send(words);
  }
}

/** What begins like JSON is JSON. */
const defaultType = (words: string): string => (/^\s*[{[]/.test(words) ? 'application/json; charset=utf-8' : TEXT);

function firstOfEach(
  values: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
