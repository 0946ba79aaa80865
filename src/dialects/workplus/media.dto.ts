import { ApiProperty } from '@nestjs/swagger';

/** A file in JSON. */
export class WorkPlusUploadDto {
  /**
   * 文件名称.
   * @example '蓝天.png'
   */
  file_name: string;

  /**
   * 文件内容 in base64.
   * @example 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
   */
  file_content: string;

  /**
   * What it is; of images the bytes decide.
   * @example 'image/png'
   */
  file_type?: string;

  /** Accepted; the digest that is kept is computed here. */
  file_digest?: string;
}

/** A file. */
export class WorkPlusMediaInfoDto {
  /**
   * 媒体id.
   * @example '0b9f3c1e-6f0c-4c55-9b57-5b6a4b8a9a10'
   */
  id: string;

  /**
   * 文件名称, cleaned of what is no name.
   * @example '蓝天.png'
   */
  name: string;

  /**
   * MD5 of the bytes, hexadecimal.
   * @example 'd41d8cd98f00b204e9800998ecf8427e'
   */
  digest: string;

  /**
   * Always 0.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  state: number;

  /**
   * Bytes.
   * @example 2911
   */
  @ApiProperty({ type: 'integer' })
  size: number;

  /**
   * When it was uploaded, in milliseconds.
   * @example 1484962008275
   */
  @ApiProperty({ type: 'integer' })
  timestamp: number;

  /**
   * What the file is handed out as.
   * @example { "content_type": "image/png" }
   */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  metadata: Record<string, string>;
}
