import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import { MediaFiles } from './media-files.js';
import { mediaName } from './media-name.js';
import { mediaType } from './media-type.js';
import { Media } from './media.entity.js';

/** A file as its metadata tell of it. */
export type StoredMedia = Omit<Media, 'organisationId'>;

/** A file to be kept. */
export interface NewMedia {
  /** A fresh UUID; made when left out. */
  id?: string;
  /** As its sender calls it; cleaned before it is kept. */
  name: string;
  /** As its sender says; its bytes and the safety of browsers come first. */
  contentType?: string;
  maxBytes: number;
  /** Refuse what is no image. */
  imageOnly: boolean;
  content: Readable | Buffer;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const MISSING = `
SELECT w.id FROM unnest($2::uuid[]) AS w (id)
 WHERE NOT EXISTS (SELECT FROM media m WHERE m.organisation_id = $1 AND m.id = w.id)`;

const BY_DIGEST = `
SELECT id, name, content_type AS "contentType", image, size, digest, created_at AS "createdAt" FROM media
 WHERE organisation_id = $1 AND digest = $2 ORDER BY created_at DESC, id LIMIT 1`;

/** Whether a text could be the id of media kept here. */
export const isMediaId = (text: string): boolean => UUID.test(text);

/** Files that messages refer to, kept for an organisation: every application of it may read them. */
@Injectable()
export class MediaStore {
  constructor(
    private readonly tenants: Tenants,
    private readonly files: MediaFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a file. The row is written last, so that whatever has a row has its bytes.
   * @throws MediaTooLarge, NotAnImage, EmptyMedia
   */
  async save(
    organisationId: number,
    { id = randomUUID(), name, contentType, maxBytes, imageOnly, content }: NewMedia,
  ): Promise<StoredMedia> {
    const { imageType, ...written } = await this.files.write(organisationId, id, content, { maxBytes, imageOnly });
    try {
      return await this.tenants.of(organisationId).insert(Media, {
        id,
        name: mediaName(name),
        contentType: mediaType(contentType, imageType),
        image: imageType !== undefined,
        ...written,
        createdAt: this.clock.now(),
      });
    } catch (error) {
      await this.files.remove(organisationId, id);
      throw error;
    }
  }

  async find(organisationId: number, id: string): Promise<StoredMedia | undefined> {
    if (!isMediaId(id)) return undefined;
    return (await this.tenants.of(organisationId).findOne(Media, { id })) ?? undefined;
  }

  /** The newest with these bytes, by their MD5. */
  async findByDigest(organisationId: number, digest: string): Promise<StoredMedia | undefined> {
    const [found] = await this.tenants.of(organisationId).query<StoredMedia>(BY_DIGEST, [digest.toLowerCase()]);
    return found;
  }

  /** Which of some ids name nothing here; each must pass `isMediaId`. */
  async missing(organisationId: number, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.tenants.of(organisationId).query<{ id: string }>(MISSING, [ids]);
    return rows.map(({ id }) => id);
  }

  /** The bytes; undefined when somebody took them from the disk. Whoever opens a handle closes it, or its stream does. */
  open(organisationId: number, { id }: Pick<StoredMedia, 'id'>): Promise<FileHandle | undefined> {
    return this.files.open(organisationId, id);
  }
}
