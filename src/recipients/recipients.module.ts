import { Module } from '@nestjs/common';
import { Devices } from './devices.js';
import { EndpointsController } from './endpoints.controller.js';
import { Endpoints } from './endpoints.service.js';
import { FoldedDirectory } from './folded-directory.js';
import { GroupMembersController } from './group-members.controller.js';
import { GroupMembers } from './group-members.service.js';
import { GroupsController } from './groups.controller.js';
import { Groups } from './groups.service.js';
import { LanyingUsers } from './lanying-users.js';
import { RecipientImportController } from './import/recipient-import.controller.js';
import { RecipientImport } from './import/recipient-import.js';
import { RecipientsController } from './recipients.controller.js';
import { Recipients } from './recipients.service.js';
import { SelfTags } from './self-tags.js';

@Module({
  controllers: [
    RecipientImportController,
    RecipientsController,
    GroupsController,
    GroupMembersController,
    EndpointsController,
  ],
  providers: [
    Recipients,
    RecipientImport,
    Groups,
    GroupMembers,
    Endpoints,
    Devices,
    FoldedDirectory,
    SelfTags,
    LanyingUsers,
  ],
  exports: [Recipients, Groups, GroupMembers, Endpoints, Devices, FoldedDirectory, SelfTags, LanyingUsers],
})
export class RecipientsModule {}
