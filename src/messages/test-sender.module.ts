import { Global, Module } from '@nestjs/common';
import { TestSender } from '../templates/test-sender.js';
import { MessagesModule } from './messages.module.js';
import { TemplateTestSender } from './template-test-sender.js';

/** Global, because templates, which messages need, need it. */
@Global()
@Module({
  imports: [MessagesModule],
  providers: [{ provide: TestSender, useClass: TemplateTestSender }],
  exports: [TestSender],
})
export class TestSenderModule {}
