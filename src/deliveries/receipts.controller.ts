import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/access-rules.js';
import { ApiProblems } from '../common/api-problems.js';
import { Clock } from '../common/clock.js';
import { ReceiptAccounts } from './receipt-accounts.js';
import { ReceiptsDto, toReceipt } from './receipt.dto.js';
import { ReceiptService } from './receipt-service.js';

@Controller('api/v1/receipts')
@ApiTags('Receipts')
@Public()
export class ReceiptsController {
  constructor(
    private readonly accounts: ReceiptAccounts,
    private readonly receipts: ReceiptService,
    private readonly clock: Clock,
  ) {}

  @Post(':account/:secret')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Hand in receipts',
    description:
      'For accounts of the vendor `sandbox`. `account` is `<id of the organisation>-<id of the vendor account>`, `secret` its receipt ' +
      'secret; no other credential is needed. Answered once the receipts are stored. A delivery only ever moves forward (sent, ' +
      'delivered, read), so receipts may come in any order and more than once. 404: no such account, or another secret.',
  })
  @ApiProblems(400, 404, 413)
  async submitReceipts(
    @Param('account') name: string,
    @Param('secret') secret: string,
    @Body() body: ReceiptsDto,
  ): Promise<void> {
    const { organisationId, id } = await this.accounts.authenticate(name, secret);
    const now = this.clock.now();
    await this.receipts.submit(
      { organisationId, id },
      body.receipts.map((receipt) => toReceipt(receipt, now)),
    );
  }
}
