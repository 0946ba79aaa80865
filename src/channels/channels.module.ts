import { Module } from '@nestjs/common';
import { VendorsModule } from '../vendors/vendors.module.js';
import { AccountConfigs } from './account-configs.js';
import { AccountTrouble } from './account-trouble.js';
import { AccountVerification } from './account-verification.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelRoutes } from './channel-routes.js';
import { ChannelController } from './channel.controller.js';
import { ChannelService } from './channel.service.js';
import { AccountGates } from './pacing/account-gates.js';
import { AccountPacer } from './pacing/account-pacer.js';
import { SandboxJournalModule } from './sandbox-journal.module.js';
import { SandboxMessages } from './sandbox-messages.js';
import { VendorAccountController } from './vendor-account.controller.js';
import { VendorAccountService } from './vendor-account.service.js';
import { VendorController } from './vendor.controller.js';

@Module({
  imports: [VendorsModule, SandboxJournalModule],
  controllers: [VendorController, VendorAccountController, ChannelController],
  providers: [
    AccountConfigs,
    AccountGates,
    AccountPacer,
    AccountTrouble,
    AccountVerification,
    ChannelDirectory,
    ChannelRoutes,
    ChannelService,
    SandboxMessages,
    VendorAccountService,
  ],
  exports: [AccountGates, AccountPacer, ChannelDirectory, ChannelService, VendorAccountService],
})
export class ChannelsModule {}
