import { Module } from '@nestjs/common';
import { VendorsModule } from '../vendors/vendors.module.js';
import { AccountConfigs } from './account-configs.js';
import { AccountTrouble } from './account-trouble.js';
import { AccountVerification } from './account-verification.js';
import { ChannelDirectory } from './channel-directory.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.js';
import { ChannelRoutes } from './channel-routes.js';
import { ChannelController } from './channel.controller.js';
import { ChannelService } from './channel.service.js';
import { AccountGates } from './pacing/account-gates.js';
import { AccountPacer } from './pacing/account-pacer.js';
import { OptionRules } from './option-rules.js';
import { ReceiptUrls } from './receipt-urls.js';
import { SandboxJournalModule } from './sandbox-journal.module.js';
import { SandboxMessages } from './sandbox-messages.js';
import { VendorAccountController } from './vendor-account.controller.js';
import { VendorAccountService } from './vendor-account.service.js';
import { VendorController } from './vendor.controller.js';

@Module({
  imports: [VendorsModule, SandboxJournalModule],
  controllers: [VendorController, VendorAccountController, ChannelController, AlertsController],
  providers: [
    AccountConfigs,
    AccountGates,
    AccountPacer,
    AccountTrouble,
    AccountVerification,
    Alerts,
    ChannelDirectory,
    ChannelRoutes,
    ChannelService,
    OptionRules,
    ReceiptUrls,
    SandboxMessages,
    VendorAccountService,
  ],
  exports: [
    AccountConfigs,
    AccountGates,
    AccountPacer,
    Alerts,
    ChannelDirectory,
    ChannelService,
    OptionRules,
    ReceiptUrls,
    VendorAccountService,
  ],
})
export class ChannelsModule {}
