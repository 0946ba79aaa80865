import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { MediaFiles } from './media-files.js';
import { MediaStore } from './media-store.js';
import { openUploadRoutes } from './upload-routes.js';

/** Files that messages refer to: bytes on disk, rows that tell of them, and forms that bring them. */
@Module({ providers: [MediaFiles, MediaStore], exports: [MediaStore] })
export class MediaModule implements NestModule {
  constructor(private readonly adapterHost: HttpAdapterHost<FastifyAdapter>) {}

  /** Comes after the server is made and before it has routes. */
  configure(): void {
    openUploadRoutes(this.adapterHost.httpAdapter);
  }
}
