import { ApiProperty } from '@nestjs/swagger';
import { SYSTEM_PUSH } from './method-table.js';
import { SystemParametersDto } from './system-parameters.dto.js';

/** 系统推送接口: the system tells something to people and departments; each person gets it once. */
export class SystemPushDto extends SystemParametersDto {
  @ApiProperty({ enum: [SYSTEM_PUSH], example: SYSTEM_PUSH, description: 'The method.' })
  method: string;

  /** Its version: 1.0 knows no `type`, 1.1 knows 1 and 13, 1.2 also 16 and `param`, 1.3 also 17 and 19. */
  @ApiProperty({ enum: ['1.0', '1.1', '1.2', '1.3'], example: '1.3' })
  v: string;

  /** 机构标识. Code of the application's organisation, in any case. */
  @ApiProperty({ minLength: 1, maxLength: 20, example: 'default' })
  ecid: string;

  /**
   * `1` system message, `13` hint, `16` subscription, `17` system message that goes only to the device used last, `19` circle.
   */
  @ApiProperty({ required: false, enum: ['1', '13', '16', '17', '19'], default: '1', example: '1' })
  type?: string;

  /** 登录帐号. Codes of people in any case, divided by commas; 1 to 36 characters each. */
  @ApiProperty({ required: false, example: 'zhangsan,lisi' })
  loginIds?: string;

  /**
   * 部门标识. Codes of departments, exactly, divided by commas; 1 to 36 characters each. Everyone in them and in those below is meant.
   * One of `loginIds` and `depUuids` must be given; without both, type 16 goes to the whole organisation.
   */
  @ApiProperty({ required: false, example: 'dep001' })
  depUuids?: string;

  /** 通知标题. */
  @ApiProperty({ minLength: 1, maxLength: 40, example: '系统通知' })
  title: string;

  /** 通知内容. Required in version 1.0 and for type 1; for the other types the title stands in for it. */
  @ApiProperty({ required: false, maxLength: 500, example: '系统将于今晚十点升级。' })
  content?: string;

  /** 推送参数. For type 16: a JSON object of scalars, handed on to the receiving application. */
  @ApiProperty({ required: false, maxLength: 500, example: '{"key1":"val1","key2":"val2"}' })
  param?: string;
}
