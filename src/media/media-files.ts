import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { IMAGE_HEAD_BYTES, imageType } from './image-type.js';
import { EmptyMedia, MediaTooLarge, NotAnImage } from './media-problems.js';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** What is known of bytes once they are on disk. */
export interface WrittenFile {
  size: number;
  /** MD5, hexadecimal. */
  digest: string;
  /** The image type that the first bytes tell; undefined for anything else. */
  imageType: string | undefined;
}

/** What may be written. */
export interface FileLimits {
  maxBytes: number;
  /** Refuse what is no image. */
  imageOnly: boolean;
}

/**
 * The bytes of media: `DATA_DIR/media/<organisation>/<first two characters of the id>/<id>`. Nothing of a path is a caller's words.
 * Several processes must share the folder.
 */
@Injectable()
export class MediaFiles implements OnApplicationBootstrap {
  private readonly folder: string;
  private readonly unfinished: string;

  constructor(
    { dataDir }: Config,
    private readonly clock: Clock,
  ) {
    this.folder = join(dataDir, 'media');
    this.unfinished = join(this.folder, 'unfinished');
  }

  /** Takes away what processes that died left half written; no upload takes a day. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(this.unfinished).catch(() => []);
    for (const path of names.map((name) => join(this.unfinished, name))) {
      const touched = await stat(path).catch(() => undefined);
      if (touched === undefined || this.clock.now().getTime() - touched.mtimeMs < DAY_MILLISECONDS) continue;
      await rm(path, { force: true });
    }
  }

  /**
   * Writes a file, whole or not at all: under a temporary name first, and renamed once its bytes are on the disk.
   * @throws MediaTooLarge, NotAnImage, EmptyMedia
   */
  async write(
    organisationId: number,
    id: string,
    content: Readable | Buffer,
    limits: FileLimits,
  ): Promise<WrittenFile> {
    const path = this.path(organisationId, id);
    const unfinished = join(this.unfinished, id);
    await mkdir(dirname(path), { recursive: true });
    await mkdir(this.unfinished, { recursive: true });
    const meter = new Meter(limits);
    try {
      const source = Buffer.isBuffer(content) ? Readable.from([content]) : content;
      await pipeline(source, meter, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }));
      const written = meter.written();
      await rename(unfinished, path);
      await syncFolder(dirname(path));
      return written;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async remove(organisationId: number, id: string): Promise<void> {
    await rm(this.path(organisationId, id), { force: true });
  }

  /** Opens a file for reading; undefined when it is not there. */
  async open(organisationId: number, id: string): Promise<FileHandle | undefined> {
    try {
      return await open(this.path(organisationId, id), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private path(organisationId: number, id: string): string {
    return join(this.folder, String(organisationId), id.slice(0, 2), id);
  }
}

/** Counts, sums and looks at bytes on their way, and stops what is too much. */
class Meter extends Transform {
  private readonly hash = createHash('md5');
  private head = Buffer.alloc(0);
  private size = 0;

  constructor(private readonly limits: FileLimits) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.size += chunk.length;
    if (this.size > this.limits.maxBytes) return done(new MediaTooLarge(this.limits.maxBytes));
    if (this.head.length < IMAGE_HEAD_BYTES)
      this.head = Buffer.concat([this.head, chunk]).subarray(0, IMAGE_HEAD_BYTES);
    this.hash.update(chunk);
    done(null, chunk);
  }

  written(): WrittenFile {
    if (this.size === 0) throw new EmptyMedia();
    const type = imageType(this.head);
    if (this.limits.imageOnly && type === undefined) throw new NotAnImage();
    return { size: this.size, digest: this.hash.digest('hex'), imageType: type };
  }
}

/** Without this the new name may be gone after a power cut, although the row that tells of it is there. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
