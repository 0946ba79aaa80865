import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import type { ChannelKind } from '../../channels/channel-kind.js';
import { Clock } from '../../common/clock.js';
import { MessageAcceptor } from '../../messages/message-acceptor.js';
import type { MessageRequest } from '../../messages/message-request.js';
import { TemplateDirectory } from '../../templates/template-directory.js';
import type { MediwayCaller } from './mediway-access.js';
import { skipUnsaidChannels } from './skip-channels.js';
import { channelPushToMessage, type MediwayContext, templatePushToMessage } from './to-message.js';
import { toWireError } from './wire-error.js';

/** Sends the two kinds of push as messages. Both return the message's id. */
@Injectable()
export class MediwayPushes {
  constructor(
    private readonly acceptor: MessageAcceptor,
    private readonly channels: ChannelDirectory,
    private readonly templates: TemplateDirectory,
    private readonly clock: Clock,
  ) {}

  async byChannel(by: MediwayCaller, body: unknown): Promise<string> {
    const { request } = channelPushToMessage(body, await this.context(by));
    return this.accept(by, request);
  }

  async byTemplate(by: MediwayCaller, body: unknown): Promise<string> {
    const context = await this.context(by);
    const { request } = templatePushToMessage(body, context);
    const template = await this.templates.published(by.caller.organisationId, request.template?.code ?? '');
    // An unknown template is told by the acceptor, as every caller of it is told.
    if (template === undefined) return this.accept(by, request);
    const said = Object.keys(template.contents) as ChannelKind[];
    return this.accept(by, skipUnsaidChannels(request, said, context.channels));
  }

  private async context({ caller, settings }: MediwayCaller): Promise<MediwayContext> {
    const { channels } = await this.channels.load(caller.organisationId);
    return { now: this.clock.now(), timeZone: settings.timeZone, channels };
  }

  private async accept({ caller }: MediwayCaller, request: MessageRequest): Promise<string> {
    try {
      const { id } = await this.acceptor.accept(caller, 'mediway', request);
      return id;
    } catch (error) {
      throw toWireError(error);
    }
  }
}
