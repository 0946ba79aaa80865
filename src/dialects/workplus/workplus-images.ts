import { Injectable } from '@nestjs/common';
import { isMediaId, MediaStore } from '../../media/media-store.js';
import { Refusal, STATUSES } from './statuses.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** Media that messages bring along or refer to. */
@Injectable()
export class WorkPlusImages {
  constructor(private readonly store: MediaStore) {}

  /**
   * Ids in the form of ours must name something here; others are those of another file store and are passed on.
   * @throws Refusal 201401
   */
  async check({ caller, settings }: WorkPlusCaller, mediaIds: readonly string[]): Promise<void> {
    if (!settings.checkMedia) return;
    const ours = [...new Set(mediaIds.filter(isMediaId))];
    if ((await this.store.missing(caller.organisationId, ours)).length > 0) throw new Refusal(STATUSES.noMedia);
  }

  /**
   * Keeps the image that came inside a message's body.
   * @throws Refusal 201404 when it is too large
   */
  async keepInline(
    { caller, settings }: WorkPlusCaller,
    { id, content }: { id: string; content: Buffer },
  ): Promise<void> {
    const maxBytes = settings.imageMaxBytes;
    if (content.length > maxBytes) throw new Refusal(STATUSES.uploadFailed);
    await this.store.save(caller.organisationId, { id, name: 'image', maxBytes, imageOnly: true, content });
  }
}
