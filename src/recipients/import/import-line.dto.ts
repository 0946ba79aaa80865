import { IsBoolean, IsString, Length, ValidateIf } from 'class-validator';
import { IntersectionType } from '@nestjs/swagger';
import { IsCode } from '../../common/is-code.js';
import { GroupCodesDto } from '../group-codes.dto.js';
import { IfGiven } from '../../common/if-given.js';
import { RecipientFieldsDto } from '../recipient-fields.dto.js';

/** One line of an import: a person as they shall be. Fields left out stay as they are; null clears where it is allowed. */
export class ImportLineDto extends IntersectionType(RecipientFieldsDto, GroupCodesDto) {
  /**
   * Code of the person, who is made when there is none.
   * @example 'USER001'
   */
  @IsCode()
  code: string;

  /**
   * Name people read, 1 to 200 characters; needed unless the person is removed.
   * @example 'Zhang Wei'
   */
  @ValidateIf(({ remove }: ImportLineDto) => remove !== true)
  @IsString()
  @Length(1, 200)
  name?: string;

  /**
   * True: the person is deleted with all endpoints and memberships.
   * @example false
   */
  @IfGiven()
  @IsBoolean()
  remove?: boolean;
}
