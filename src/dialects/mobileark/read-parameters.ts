import type { FastifyRequest } from 'fastify';
import { readForm } from './form.js';
import { isMultipart, readMultipart } from './multipart.js';
import { Parameters } from './parameters.js';
import { MobilearkError } from './wire-error.js';

/**
 * The parameters of a request: those of the query and those of the body are one set. Whatever is not multipart is read as a form.
 * @throws MobilearkError 1006 for what is not UTF-8
 */
export function readParameters({ raw, headers, body }: FastifyRequest): Parameters {
  const parameters = new Parameters();
  const [, query] = /^[^?]*\?(.*)$/s.exec(raw.url ?? '') ?? [];
  if (query !== undefined) readForm(Buffer.from(query), parameters);
  if (typeof body !== 'string') return parameters;
  const length = headers['content-length'];
  const bytes = Buffer.from(body);
  // Bytes that are not UTF-8 have become replacement characters by now, which are longer.
  if (length !== undefined && Number(length) !== bytes.length) throw new MobilearkError('1006');
  if (isMultipart(body)) readMultipart(body, parameters);
  else readForm(bytes, parameters);
  return parameters;
}
