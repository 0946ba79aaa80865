import { createHash, createHmac } from 'node:crypto';
import { readTemplate, type Scope } from './placeholders.js';
import type { SettingsReader } from './settings-reader.js';
import type { Template } from './template.js';

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'hmac-md5', 'hmac-sha1', 'hmac-sha256'] as const;
const ENCODINGS = ['hex', 'HEX', 'base64'] as const;

/** How `{signature}` is made. */
export interface SignatureRules {
  algorithm: (typeof ALGORITHMS)[number];
  /** What is signed. */
  of: Template;
  /** Of an hmac. */
  key?: Template;
  encoding: (typeof ENCODINGS)[number];
}

/** Reads `{ algorithm, of, key?, encoding? }`. `scope` is that of a message: a signature may speak of all that a request says. */
export function readSignature(reader: SettingsReader, scope: Scope): SignatureRules {
  const template = (name: string, scope: Scope): Template | undefined => {
    const text = reader.text(name);
    return text === undefined ? undefined : readTemplate(text, reader.pathOf(name), scope, reader.errors);
  };
  const algorithm = reader.choice('algorithm', ALGORITHMS, 'md5');
  const of = template('of', { ...scope, signature: false, fields: true });
  const key = template('key', { ...scope, message: false, signature: false });
  if (of === undefined) reader.complain('of', 'is required: the text that is signed');
  if (algorithm.startsWith('hmac-') !== (key !== undefined))
    reader.complain('key', key === undefined ? `is required for ${algorithm}` : `is of no use for ${algorithm}`);
  const encoding = reader.choice('encoding', ENCODINGS, 'hex');
  reader.finish();
  return { algorithm, of: of ?? { names: [], fill: () => '' }, encoding, ...(key === undefined ? {} : { key }) };
}

/** `algorithm` over the bytes of a text. */
export function sign({ algorithm, encoding }: SignatureRules, text: Buffer, key: Buffer): string {
  const hash = algorithm.replace('hmac-', '');
  const digest = algorithm === hash ? createHash(hash).update(text) : createHmac(hash, key).update(text);
  const written = digest.digest(encoding === 'base64' ? 'base64' : 'hex');
  return encoding === 'HEX' ? written.toUpperCase() : written;
}
