import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { TemplateDirectory } from './template-directory.js';
import { TemplateTrial } from './template-trial.js';
import { TemplateTrialController } from './template-trial.controller.js';
import { TemplateVersions } from './template-versions.js';
import { TemplateVersionsController } from './template-versions.controller.js';
import { Templates } from './templates.js';
import { TemplatesController } from './templates.controller.js';

@Module({
  imports: [ChannelsModule],
  controllers: [TemplatesController, TemplateVersionsController, TemplateTrialController],
  providers: [Templates, TemplateVersions, TemplateTrial, TemplateDirectory],
  exports: [TemplateDirectory],
})
export class TemplatesModule {}
