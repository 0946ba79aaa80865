import { ApiProperty } from '@nestjs/swagger';

/** The reply of `mobileark.impush`. */
export class ImPushReplyDto {
  /** 返回码. `0`: at least one receiver gets it; `1`: nobody does. */
  @ApiProperty({ enum: ['0', '1'], example: '0' })
  resultCode: string;

  /** 提示信息. Names the receivers that are unknown. */
  @ApiProperty({ example: '成功' })
  resultMsg: string;
}

/** The reply of `mobileark.syspush`. */
export class SystemPushReplyDto {
  /** `1`: all; `2`: a part; `3`: nobody. */
  @ApiProperty({ enum: ['1', '2', '3'], example: '2' })
  resultCode: string;

  /** 失败的用户列表. The unknown ones as they were written, in their order; always there. */
  @ApiProperty({ type: [String], example: ['nobody'] })
  failloginid: string[];

  /** 失败的部门列表. The same for departments. */
  @ApiProperty({ type: [String], example: [] })
  faildepid: string[];
}

/** The reply of `mobileark.smspush`. */
export class SmsPushReplyDto {
  /** `0`; whatever fails is an error. */
  @ApiProperty({ enum: ['0'], example: '0' })
  resultCode: string;
}

/** One detail of an error. */
export class MobilearkSubErrorDto {
  /** Such as `isv.missing-parameter:title`, `isv.invalid-paramete:title` or `isv.mobileark-syspush-service-error:-90001`. */
  @ApiProperty({ example: 'isv.missing-parameter:title' })
  code: string;

  @ApiProperty({ example: '缺少必要的参数title', description: 'For people.' })
  message: string;
}

/** An error. A success never has a `code`. */
export class MobilearkErrorDto {
  /** Four digits as a string, 1001 to 1037. */
  @ApiProperty({ example: '1032' })
  code: string;

  @ApiProperty({ example: '缺少必选参数', description: 'What went wrong.' })
  message: string;

  @ApiProperty({ example: '请查看根据服务接口，添加必须的参数', description: 'What to do about it.' })
  solution: string;

  /** Present where there is more to say. */
  @ApiProperty({ required: false, type: [MobilearkSubErrorDto] })
  subErrors?: MobilearkSubErrorDto[];
}
