import { Problem } from '../common/problem.js';

/** 413: more bytes than the caller may keep in one file. */
export class MediaTooLarge extends Problem {
  constructor(maxBytes: number) {
    super(413, 'media_too_large', `The file is larger than ${maxBytes} bytes.`);
  }
}

/** 415: an image was asked for, and these bytes are none. */
export class NotAnImage extends Problem {
  constructor() {
    super(415, 'not_an_image', 'The file is no PNG, JPEG, GIF, WebP or BMP image.');
  }
}

/** 400: a file without a byte. */
export class EmptyMedia extends Problem {
  constructor() {
    super(400, 'empty_media', 'The file is empty.');
  }
}
