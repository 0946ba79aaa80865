import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidRequest } from '../common/problem.js';

/** The version in a path. */
@Injectable()
export class VersionNumberPipe implements PipeTransform<unknown, number> {
  /** `value` may be a number by now: the application's validation runs first and converts. */
  transform(value: unknown): number {
    const version = Number(value);
    if (Number.isInteger(version) && version >= 1 && version <= 2_147_483_647) return version;
    throw InvalidRequest.at('version', 'must be the number of a version, from 1 up');
  }
}
