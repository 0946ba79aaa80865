import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest, Problem } from '../common/problem.js';

/** The file of a form, to be read at once. */
export interface FormFile {
  /** As the form has it; may be empty. */
  name: string;
  contentType: string;
  content: Readable;
  /** Fields that stand before the file; of those sent twice the first. */
  fields: Readonly<Record<string, string>>;
}

const MOST_FIELDS = 20;
const LONGEST_FIELD = 4096;

/** Whether the body is a form with files; only ever so on a route marked with `TakesUploads`. */
export const isForm = (request: FastifyRequest): boolean => request.isMultipart();

/**
 * Hands the first file of a form to `keep` and returns what that returns; what follows the file is not read.
 * @throws InvalidRequest at `file` without a file, or when the form breaks off
 */
export async function readForm<T>(
  request: FastifyRequest,
  maxBytes: number,
  keep: (file: FormFile) => Promise<T>,
): Promise<T> {
  const fields: Record<string, string> = {};
  // One byte more than may be kept, so that it is seen that there is more.
  const limits = { fileSize: maxBytes + 1, files: 1, fields: MOST_FIELDS, fieldSize: LONGEST_FIELD };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        const { filename, mimetype, file }: MultipartFile = part;
        return await keep({ name: filename, contentType: mimetype, content: file, fields });
      }
      if (typeof part.value === 'string') fields[part.fieldname] ??= part.value;
    }
  } catch (error) {
    throw readable(error);
  } finally {
    drain(request.raw);
  }
  throw InvalidRequest.at('file', 'is missing');
}

/** Takes the rest off the wire: a connection with a half-read request could neither be used again nor closed. */
function drain(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  body.unpipe();
  body.resume();
}

/** The caller's fault, unless it is ours: a full disk, a database gone. */
function readable(error: unknown): unknown {
  const fromBelow = typeof error === 'object' && error !== null && ('syscall' in error || 'driverError' in error);
  return fromBelow || error instanceof Problem ? error : InvalidRequest.at('file', 'cannot be read to its end');
}
