import { InvalidRequest } from '../../../common/problem.js';
import { imageType } from '../../../media/image-type.js';
import { readBase64 } from '../base64.js';
import { given, type WireFields } from '../wire-fields.js';
import type { Said } from './said.js';

/** Beside a media id the content is a thumbnail or nothing; more than this has no place in a message. */
const LONGEST_THUMBNAIL = 16 * 1024;

/** IMAGE: by media id, or with the image itself in base64. */
export function readImage(body: WireFields): Said {
  const mediaId = mediaIdOf(body);
  const content = body.text('content');
  const kept = {
    is_gif: body.flag('is_gif') === true ? 1 : 0,
    ...sizes(body),
    name: body.code('name'),
  };
  const words = { text: '[图片]' };
  if (mediaId !== undefined) {
    const thumbnail = content !== undefined && content.length <= LONGEST_THUMBNAIL ? content : undefined;
    return saying(words, body, { ...kept, media_id: mediaId, content: thumbnail }, mediaId);
  }
  if (content === undefined) return body.missing('media_id');
  const image = readBase64(content);
  if (image === undefined || imageType(image) === undefined) {
    throw InvalidRequest.at(body.at('content'), 'is no image in base64');
  }
  return { ...saying(words, body, kept), image };
}

/** FILE: by media id. */
export function readFile(body: WireFields): Said {
  return readKept(body, '文件', { file_status: body.count('file_status') ?? 0 });
}

/** VIDEO: by media id. */
export function readVideo(body: WireFields): Said {
  return readKept(body, '视频', {});
}

function readKept(body: WireFields, word: string, more: Record<string, unknown>): Said {
  const mediaId = mediaIdOf(body) ?? body.missing('media_id');
  const name = body.code('name');
  const text = name === undefined ? `[${word}]` : `[${word}] ${name}`;
  const cover = body.code('cover_media_id');
  const kept = { ...more, ...sizes(body), name, media_id: mediaId, cover_media_id: cover };
  return saying({ text }, body, kept, mediaId, ...(cover === undefined ? [] : [cover]));
}

function saying(words: Said['words'], body: WireFields, kept: Record<string, unknown>, ...mediaIds: string[]): Said {
  return {
    words,
    body: given({ at_all: body.flag('at_all'), ...kept, '@target_url': body.text('@target_url') }),
    mediaIds,
    places: { text: body.at('name') },
  };
}

/** The table gives two names for one thing. */
const mediaIdOf = (body: WireFields): string | undefined => body.code('media_id') ?? body.code('path');

const sizes = (body: WireFields): Record<string, number | undefined> => ({
  size: body.count('size'),
  width: body.count('width'),
  height: body.count('height'),
  duration: body.count('duration'),
});
