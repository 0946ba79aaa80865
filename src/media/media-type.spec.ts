import { describe, expect, it } from '@jest/globals';
import { imageType } from './image-type.js';
import { mediaType } from './media-type.js';

describe('the type a file is handed out as', () => {
  it.each([
    ['application/pdf', 'application/pdf'],
    ['Text/Plain; charset=utf-8', 'text/plain'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', undefined],
    ['video/mp4', 'video/mp4'],
  ])('%s is believed', (said, type) => {
    expect(mediaType(said, undefined)).toBe(type ?? said);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    'text/html',
    'application/xhtml+xml',
    'application/xml',
    'text/xml',
    'image/svg+xml',
    'image/png',
    'text/javascript',
    'application/ecmascript',
    'multipart/mixed',
    'a/b\r\nSet-Cookie: x',
    `text/${'x'.repeat(100)}`,
  ])('%j is not', (said) => {
    expect(mediaType(said, undefined)).toBe('application/octet-stream');
  });

  it('of an image is what its bytes say', () => {
    expect(mediaType('text/html', 'image/png')).toBe('image/png');
  });
});

describe('the first bytes of a file', () => {
  it.each([
    ['RIFF\x04\x00\x00\x00WAVEfmt ', undefined],
    ['BM\x1e\x00\x00\x00\x01\x00\x00\x00', undefined],
    ['BM', undefined],
    ['', undefined],
    ['GIF88a', undefined],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
  ])('%j tell %s', (head, type) => {
    expect(imageType(Buffer.from(head, 'latin1'))).toBe(type);
  });
});
