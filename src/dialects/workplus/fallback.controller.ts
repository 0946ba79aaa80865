import { All, Controller, MethodNotAllowedException, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access-rules.js';

/** The verbs each path has. */
const VERBS: readonly [RegExp, string][] = [
  [/^token$/, 'POST'],
  [/^apps\/mbox$/, 'POST'],
  [/^apps\/mbox\/[^/]+$/, 'GET'],
  [/^medias$/, 'POST'],
  [/^medias\/images$/, 'GET, POST'],
  [/^medias\/[^/]+(\/info)?$/, 'GET'],
  [/^medias\/images\/[^/]+$/, 'GET'],
  [/^templates(\/[^/]+)?$/, 'GET, POST'],
];

/** Whatever no route of the dialect takes: another verb, or another path. */
@Public()
@ApiExcludeController()
@Controller('v1')
export class WorkPlusFallbackController {
  @All('*')
  refuse(@Param('*') path: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    const verbs = VERBS.find(([pattern]) => pattern.test(path))?.[1];
    if (verbs === undefined) throw new NotFoundException();
    void reply.header('Allow', verbs);
    throw new MethodNotAllowedException();
  }
}
