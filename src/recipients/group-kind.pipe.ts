import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidRequest } from '../common/problem.js';
import { GROUP_KINDS, type GroupKind } from './recipient-group.entity.js';

/** The kind of group in a path. */
@Injectable()
export class GroupKindPipe implements PipeTransform<string, GroupKind> {
  transform(text: string): GroupKind {
    const kind = GROUP_KINDS.find((known) => known === text);
    if (kind === undefined) throw InvalidRequest.at('kind', `must be one of ${GROUP_KINDS.join(', ')}`);
    return kind;
  }
}
