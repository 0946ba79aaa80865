import { InvalidRequest } from '../../../common/problem.js';
import { given, isObject, scalarText, type WireFields } from '../wire-fields.js';
import { richHtml, richPlain } from './rich-text-words.js';
import type { Said } from './said.js';

/** One node of a paragraph. Its own fields beside the tag stay as sent, since clients draw them. */
export interface RichNode {
  tag: string;
  /** Words of `text` and `a`. */
  text: string;
  /** What the paragraphs of a list's items or of a quotation hold; empty for other nodes. */
  blocks: RichBlock[];
  fields: Readonly<Record<string, unknown>>;
}

/** A list's item, or a part of a quotation: paragraphs of nodes. */
export type RichBlock = RichNode[][];

/** Where each kind of node keeps what stands inside it. */
const INSIDE: Readonly<Record<string, string>> = { bulletList: 'list', orderedList: 'list', blockquote: 'quote' };

/** RICH_TEXT: `content` is JSON in a string; JSON as it is does as well. */
export function readRichText(body: WireFields): Said {
  const path = body.at('content');
  const value = body.json('content');
  if (value === undefined || value === '') return body.missing('content');
  if (!isObject(value) || !Array.isArray(value.content)) throw wrong(path);
  const title = value.title === undefined || value.title === null ? undefined : scalarText(value.title, path);
  const paragraphs = value.content.map((paragraph: unknown) => readParagraph(paragraph, path));
  const text = richPlain(paragraphs).trim();
  if (text === '') throw InvalidRequest.at(path, 'says nothing');
  const content = given({ title, content: value.content });
  return {
    words: { title: title?.trim() ? title : undefined, text, html: richHtml(paragraphs) },
    body: given({ at_all: body.flag('at_all'), content, '@target_url': body.text('@target_url') }),
    mediaIds: [...new Set(mediaIdsOf(paragraphs))],
    places: { title: path, text: path, html: path },
  };
}

/** An image is a paragraph of its own: no client draws it in the middle of a line. */
function readParagraph(value: unknown, path: string): RichNode[] {
  if (!Array.isArray(value)) throw wrong(path);
  const nodes = value.map((node: unknown) => readNode(node, path));
  if (nodes.length > 1 && nodes.some(({ tag }) => tag === 'img')) throw wrong(path);
  return nodes;
}

function readNode(value: unknown, path: string): RichNode {
  if (!isObject(value) || typeof value.tag !== 'string') throw wrong(path);
  const { tag, text } = value;
  const inside = Object.hasOwn(INSIDE, tag) ? value[INSIDE[tag] ?? ''] : undefined;
  if (Object.hasOwn(INSIDE, tag) && !Array.isArray(inside)) throw wrong(path);
  return {
    tag,
    text: text === undefined || text === null ? '' : scalarText(text, path),
    blocks: (Array.isArray(inside) ? inside : []).map((block: unknown) => readBlock(block, path)),
    fields: value,
  };
}

/** Some callers leave out the level of paragraphs where an item has one only. */
function readBlock(value: unknown, path: string): RichBlock {
  if (!Array.isArray(value)) throw wrong(path);
  const paragraphs: unknown[] = value.every(isObject) ? [value] : value;
  return paragraphs.map((paragraph) => readParagraph(paragraph, path));
}

function mediaIdsOf(paragraphs: RichBlock): string[] {
  return paragraphs.flat().flatMap(({ tag, fields, blocks }) => {
    const names = tag === 'img' ? ['media_id', 'thumbnail_id', 'original_media_id'] : [];
    const own = names.flatMap((name) => {
      const id = fields[name];
      return typeof id === 'string' && id !== '' ? [id] : [];
    });
    return [...own, ...blocks.flatMap(mediaIdsOf)];
  });
}

const wrong = (path: string): InvalidRequest =>
  InvalidRequest.at(path, 'is no rich text: {title, content: [[node …] …]}');
