import { ApiProperty } from '@nestjs/swagger';

/** 响应体 of what failed. The HTTP status is 200 all the same; only a path or verb there is none of is 404 or 405. */
export class LanyingFailureDto {
  /** 返回码. */
  @ApiProperty({ type: 'integer', format: 'int32', example: 10002 })
  code: number;

  /** 结果数据; always null. */
  @ApiProperty({ selfRequired: true, type: 'object', nullable: true, additionalProperties: true, example: null })
  data: null;

  /** 错误信息. `请求参数不正确` is followed by `：` and the field that is wrong. */
  @ApiProperty({ example: '请求参数不正确：audience: is required' })
  message: string;
}
