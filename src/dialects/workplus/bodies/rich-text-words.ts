import { escapeText } from '../../../templates/rendering/print-value.js';
import type { RichBlock, RichNode } from './rich-text.js';

const IMAGE = '[图片]';
const COLOURS: readonly string[] = ['red', 'blue', 'grey'];
/** Elements by the switch of a node's style. */
const STYLES = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['lineThrough', 's'],
] as const;

const html = (text: string): string => escapeText(text, 'html').replace(/\r?\n/g, '<br>');
const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Rich text as HTML; every word of it is escaped. Images are told of, since showing them takes a token. */
export function richHtml(paragraphs: RichBlock): string {
  return paragraphs.map(paragraphHtml).join('');
}

function paragraphHtml(nodes: RichNode[]): string {
  const inner = nodes.map(nodeHtml).join('');
  // Lists and quotations stand by themselves.
  return nodes.some(({ blocks }) => blocks.length > 0) ? inner : `<p>${inner}</p>`;
}

function nodeHtml(node: RichNode): string {
  const { tag, text, fields, blocks } = node;
  switch (tag) {
    case 'at':
      return html(`@${wordOf(fields.name)}`);
    case 'img':
      return IMAGE;
    case 'a':
      return linkHtml(text, wordOf(fields.href));
    case 'bulletList':
      return `<ul>${itemsHtml(blocks)}</ul>`;
    case 'orderedList':
      return `<ol${startOf(fields.start)}>${itemsHtml(blocks)}</ol>`;
    case 'blockquote':
      return `<blockquote>${blocks.map(richHtml).join('')}</blockquote>`;
    default:
      return styled(html(text), fields.style);
  }
}

const itemsHtml = (blocks: RichBlock[]): string => blocks.map((block) => `<li>${richHtml(block)}</li>`).join('');

const startOf = (start: unknown): string =>
  Number.isSafeInteger(start) && start !== 1 ? ` start="${String(start)}"` : '';

/** Only what leads to the web is a link: other addresses are routes of an app that this page is not. */
const linkHtml = (text: string, href: string): string =>
  /^https?:\/\//i.test(href) ? `<a href="${escapeText(href, 'html')}">${html(text || href)}</a>` : html(text || href);

function styled(words: string, style: unknown): string {
  if (words === '' || typeof style !== 'object' || style === null) return words;
  const switches = style as Record<string, unknown>;
  const elements = STYLES.filter(([name]) => switches[name] === true).map(([, element]) => element);
  const marked = elements.reduce((inner, element) => `<${element}>${inner}</${element}>`, words);
  const colour = COLOURS.find((name) => name === switches.color);
  return colour === undefined ? marked : `<span style="color:${colour}">${marked}</span>`;
}

/** Rich text as plain words, a line for each paragraph and item. */
export function richPlain(paragraphs: RichBlock): string {
  return paragraphs.map((nodes) => nodes.map(nodePlain).join('')).join('\n');
}

function nodePlain({ tag, text, fields, blocks }: RichNode): string {
  switch (tag) {
    case 'at':
      return `@${wordOf(fields.name)}`;
    case 'img':
      return IMAGE;
    case 'a':
      return text || wordOf(fields.href);
    case 'bulletList':
      return blocks.map((block) => `• ${richPlain(block)}`).join('\n');
    case 'orderedList': {
      const start = Number.isSafeInteger(fields.start) ? Number(fields.start) : 1;
      return blocks.map((block, index) => `${start + index}. ${richPlain(block)}`).join('\n');
    }
    case 'blockquote':
      return blocks.map((block) => `> ${richPlain(block)}`).join('\n');
    default:
      return text;
  }
}
