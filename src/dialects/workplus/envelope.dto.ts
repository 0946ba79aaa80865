import { ApiProperty } from '@nestjs/swagger';

/** A failure: HTTP 200, no `result`. */
export class WorkPlusFailureDto {
  /**
   * 10001 wrong parameter, 10011 token, 201401 to 201404 media, 202012 nobody named exists, 202102 to 202104 application.
   * @example 10011
   */
  @ApiProperty({ type: 'integer' })
  status: number;

  /**
   * Says what is wrong; of 10001 the field: `invalid parameter: body.content`.
   * @example 'token not found.'
   */
  message: string;
}
