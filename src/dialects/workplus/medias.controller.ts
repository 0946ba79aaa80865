import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { TakesUploads } from '../../media/upload-routes.js';
import { ApiOtherVerbs, ApiToken, ApiWorkPlus } from './api-workplus.js';
import { WorkPlusMediaInfoDto, WorkPlusUploadDto } from './media.dto.js';
import { STATUSES, wrongParameter } from './statuses.js';
import { toSuccess, type WireSuccess } from './to-response.js';
import { WorkPlusAccess } from './workplus-access.js';
import { WorkPlusMedias } from './workplus-medias.js';

/** Holds 20 MiB in base64, with what stands around it; larger files come as forms. */
const JSON_BYTES = 28 * 1024 * 1024;
const ID = '0b9f3c1e-6f0c-4c55-9b57-5b6a4b8a9a10';

const UPLOAD_CONTENT = {
  'multipart/form-data': {
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  },
  'application/json': {
    schema: { $ref: getSchemaPath(WorkPlusUploadDto) },
    examples: {
      dot: {
        summary: 'The smallest PNG',
        value: {
          file_name: '点.png',
          file_type: 'image/png',
          file_content:
            'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        },
      },
    },
  },
};
const UPLOAD_FAILURES = [
  wrongParameter('file_content'),
  STATUSES.mediaUnsupported,
  STATUSES.uploadFailed,
  STATUSES.applicationUnsupported,
];
const ApiMediaId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: '媒体id.', example: ID, schema: { type: 'string' } });

/** A picture or a file on its way out: nothing of it may run. */
const SAFE: [string, string][] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; sandbox"],
  ['Cache-Control', 'private, max-age=86400'],
];
const SafeHeaders = (): MethodDecorator => (target, key, descriptor) => {
  for (const [name, value] of SAFE) Header(name, value)(target, key, descriptor);
};

@Public()
@ApiTags('WorkPlus')
@ApiExtraModels(WorkPlusUploadDto)
@Controller('v1/medias')
export class WorkPlusMediasController {
  constructor(
    private readonly access: WorkPlusAccess,
    private readonly medias: WorkPlusMedias,
  ) {}

  @Post()
  @HttpCode(200)
  @TakesUploads(JSON_BYTES)
  @ApiWorkPlus({
    summary: '文件上传: upload a file',
    description:
      'As a form with one file, or as JSON with base64. Of a form, the token stands in the query. At most 20 MiB unless the ' +
      "application's settings say otherwise; more is 201404.",
    example: ID,
    failures: UPLOAD_FAILURES,
    content: UPLOAD_CONTENT,
  })
  async uploadFile(@Req() request: FastifyRequest): Promise<WireSuccess<string>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.medias.upload(by, request, 'file'));
  }

  @Post('images')
  @HttpCode(200)
  @TakesUploads(JSON_BYTES)
  @ApiWorkPlus({
    summary: '图片上传: upload an image',
    description:
      'PNG, JPEG, GIF, WebP or BMP, which the first bytes tell; anything else is 201402. At most 5 MiB unless the settings say ' +
      'otherwise. Images are kept as they come: width, height, rotate, quality and format are accepted and of no effect.',
    example: ID,
    failures: UPLOAD_FAILURES,
    content: UPLOAD_CONTENT,
  })
  async uploadImage(@Req() request: FastifyRequest): Promise<WireSuccess<string>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.medias.upload(by, request, 'image'));
  }

  @Get('images/:id')
  @SafeHeaders()
  @ApiOperation({
    summary: '图片查看: show an image',
    description:
      'As it was uploaded: width, heigh, rotate and quality are accepted and of no effect. A failure is JSON: 10011, 201401 when there ' +
      'is no such file, 201402 when it is no image.',
    security: [],
  })
  @ApiToken()
  @ApiMediaId()
  @ApiOtherVerbs()
  @ApiResponse({ status: 200, description: 'The image, or a failure as JSON.', content: { 'image/*': {} } })
  async showImage(@Req() request: FastifyRequest, @Param('id') id: string): Promise<StreamableFile> {
    const by = await this.access.admit(request);
    return this.medias.download(by, id, 'image');
  }

  @Get(':id')
  @SafeHeaders()
  @ApiOperation({
    summary: '文件下载: download a file',
    description:
      'Always to be saved and never shown by a browser. A failure is JSON: 10011, 201401 when there is no such file.',
    security: [],
  })
  @ApiToken()
  @ApiMediaId()
  @ApiOtherVerbs()
  @ApiResponse({
    status: 200,
    description: 'The file, or a failure as JSON.',
    content: { 'application/octet-stream': {} },
  })
  async downloadFile(@Req() request: FastifyRequest, @Param('id') id: string): Promise<StreamableFile> {
    const by = await this.access.admit(request);
    return this.medias.download(by, id, 'file');
  }

  @Get(':id/info')
  @ApiWorkPlus({
    summary: '获取文件信息: what is known of a file',
    description: 'By its id, or with `type=DIGEST` by the MD5 of its bytes.',
    result: WorkPlusMediaInfoDto,
    example: {
      id: ID,
      name: '蓝天.png',
      digest: 'd41d8cd98f00b204e9800998ecf8427e',
      state: 0,
      size: 2911,
      timestamp: 1484962008275,
      metadata: { content_type: 'image/png' },
    },
    failures: [STATUSES.noMedia, STATUSES.applicationUnsupported],
  })
  @ApiMediaId()
  @ApiQuery({ name: 'type', required: false, enum: ['ID', 'DIGEST'], description: '默认ID.' })
  async readMediaInfo(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<WireSuccess<WorkPlusMediaInfoDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.medias.info(by, id, query));
  }
}
