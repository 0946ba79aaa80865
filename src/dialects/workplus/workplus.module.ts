import { Module } from '@nestjs/common';
import { Applications } from '../../access/applications.js';
import { Credentials } from '../../access/credentials.js';
import { ChannelsModule } from '../../channels/channels.module.js';
import { MediaModule } from '../../media/media.module.js';
import { MessageReader } from '../../messages/api/message-reader.js';
import { PreviewCount } from '../../messages/api/preview-count.js';
import { MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { ClientIds } from '../../recipients/client-ids.js';
import { PublishedTemplates } from '../../templates/published-templates.js';
import { TemplateVersions } from '../../templates/template-versions.js';
import { TemplatesModule } from '../../templates/templates.module.js';
import { Templates } from '../../templates/templates.js';
import { WorkPlusFallbackController } from './fallback.controller.js';
import { WorkPlusMboxController } from './mbox.controller.js';
import { WorkPlusMediasController } from './medias.controller.js';
import { WorkPlusTemplatesController } from './templates.controller.js';
import { WorkPlusTokenController } from './token.controller.js';
import { WorkPlusAccess } from './workplus-access.js';
import { WorkPlusImages } from './workplus-images.js';
import { WorkPlusMedias } from './workplus-medias.js';
import { WorkPlusMessages } from './workplus-messages.js';
import { WorkPlusPlans } from './workplus-plans.js';
import { WorkPlusTemplates } from './workplus-templates.js';
import { WorkPlusTokens } from './workplus-tokens.js';

/** The application messages of WorkPlus. */
@Module({
  imports: [ChannelsModule, MediaModule, MessagesModule, TemplatesModule],
  controllers: [
    WorkPlusTokenController,
    WorkPlusMboxController,
    WorkPlusMediasController,
    WorkPlusTemplatesController,
    WorkPlusFallbackController,
  ],
  providers: [
    WorkPlusAccess,
    WorkPlusTokens,
    WorkPlusMessages,
    WorkPlusPlans,
    WorkPlusImages,
    WorkPlusMedias,
    WorkPlusTemplates,
    // Stateless, and nobody else's outside their own modules.
    Applications,
    Credentials,
    MessageReader,
    PreviewCount,
    MessagesByCorrelation,
    ClientIds,
    PublishedTemplates,
    TemplateVersions,
    Templates,
  ],
})
export class WorkPlusModule {}
