import { ArrayMaxSize, IsArray, IsOptional } from 'class-validator';
import { IsCode } from '../common/is-code.js';

/** Groups by kind. A list that is given replaces the person's groups of that kind; one left out or null changes nothing. */
export class GroupCodesDto {
  /**
   * Department codes, at most 200.
   * @example ['DEPT001']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsCode({ each: true })
  departments?: string[] | null;

  /**
   * Post codes, at most 200.
   * @example ['NURSE']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsCode({ each: true })
  posts?: string[] | null;

  /**
   * Role codes, at most 200.
   * @example ['ADMIN']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsCode({ each: true })
  roles?: string[] | null;

  /**
   * Tag codes, at most 200.
   * @example ['vip']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsCode({ each: true })
  tags?: string[] | null;
}
