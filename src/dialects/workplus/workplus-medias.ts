import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../common/problem.js';
import { EmptyMedia, MediaTooLarge, NotAnImage } from '../../media/media-problems.js';
import { MediaStore, type NewMedia, type StoredMedia } from '../../media/media-store.js';
import { isForm, readForm } from '../../media/upload-form.js';
import { readBase64 } from './base64.js';
import type { WorkPlusMediaInfoDto } from './media.dto.js';
import { Refusal, STATUSES } from './statuses.js';
import { WireFields } from './wire-fields.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** Whether any file will do, or only an image. */
export type Wanted = 'file' | 'image';

const UNNAMED = 'file';

/** Files that people and messages share. Media belong to the organisation: each of its applications may read them. */
@Injectable()
export class WorkPlusMedias {
  constructor(private readonly store: MediaStore) {}

  /**
   * Keeps an uploaded file, from a form or from JSON, and returns its id.
   * @throws Refusal, InvalidRequest naming the field
   */
  async upload(by: WorkPlusCaller, request: FastifyRequest, wanted: Wanted): Promise<string> {
    const { fileMaxBytes, imageMaxBytes } = by.settings;
    const maxBytes = wanted === 'image' ? imageMaxBytes : fileMaxBytes;
    const query = WireFields.from(request.query ?? {});
    if ((query.count('file_size') ?? 0) > maxBytes) throw new Refusal(STATUSES.uploadFailed);
    const limits = { maxBytes, imageOnly: wanted === 'image' };
    const keep = async (file: Omit<NewMedia, keyof typeof limits>): Promise<string> => {
      const { id } = await this.store.save(by.caller.organisationId, { ...file, ...limits });
      return id;
    };
    try {
      if (!isForm(request)) return await keep(readJsonFile(request.body));
      return await readForm(request, maxBytes, ({ name, fields, ...file }) =>
        keep({ ...file, name: name || fields.filename || fields.file_name || query.code('filename') || UNNAMED }),
      );
    } catch (error) {
      throw toWireError(error);
    }
  }

  /** @throws Refusal 201401 */
  async info({ caller }: WorkPlusCaller, key: string, query: unknown): Promise<WorkPlusMediaInfoDto> {
    const byDigest = WireFields.from(query).code('type')?.toUpperCase() === 'DIGEST';
    const found = byDigest
      ? await this.store.findByDigest(caller.organisationId, key)
      : await this.store.find(caller.organisationId, key);
    if (found === undefined) throw new Refusal(STATUSES.noMedia);
    const { id, name, digest, size, createdAt, contentType } = found;
    return {
      id,
      name,
      digest,
      state: 0,
      size,
      timestamp: createdAt.getTime(),
      metadata: { content_type: contentType },
    };
  }

  /**
   * The bytes. Images may be shown where they are, files are saved.
   * @throws Refusal 201401, 201402 for a file that is no image, 201400 when somebody took the bytes from the disk
   */
  async download({ caller }: WorkPlusCaller, id: string, wanted: Wanted): Promise<StreamableFile> {
    const media = await this.store.find(caller.organisationId, id);
    if (media === undefined) throw new Refusal(STATUSES.noMedia);
    if (wanted === 'image' && !media.image) throw new Refusal(STATUSES.mediaUnsupported);
    const file = await this.store.open(caller.organisationId, media);
    if (file === undefined) throw new Refusal(STATUSES.mediaFailed);
    return new StreamableFile(file.createReadStream(), {
      type: media.contentType,
      length: media.size,
      disposition: disposition(media, wanted),
    });
  }
}

function readJsonFile(body: unknown): { name: string; contentType: string | undefined; content: Buffer } {
  const fields = WireFields.from(body);
  const name = fields.requiredText('file_name');
  const content = readBase64(fields.requiredText('file_content'));
  if (content === undefined) throw InvalidRequest.at('file_content', 'is not base64');
  return { name, contentType: fields.code('file_type'), content };
}

/** The name in the form of the document's sample, and in that of the standard. */
function disposition({ name }: StoredMedia, wanted: Wanted): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${wanted === 'image' ? 'inline' : 'attachment'}; filename="${encoded}"; filename*=UTF-8''${encoded}`;
}

function toWireError(error: unknown): unknown {
  if (error instanceof MediaTooLarge) return new Refusal(STATUSES.uploadFailed);
  if (error instanceof NotAnImage) return new Refusal(STATUSES.mediaUnsupported);
  return error instanceof EmptyMedia ? InvalidRequest.at('file', 'is empty') : error;
}
