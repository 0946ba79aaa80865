import sanitizeHtml from 'sanitize-html';

const BLOCKS = ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'blockquote', 'pre', 'hr'];
const LINES = ['br', 'tr'];

/** What a person reads in HTML, as plain text: paragraphs and lines kept, the address of each link in brackets after it. */
export function textFromHtml(html: string): string {
  const clean = sanitizeHtml(html, {
    allowedTags: [...BLOCKS, ...LINES, 'li', 'a', 'td', 'th'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    nonTextTags: ['style', 'script', 'textarea', 'option', 'noscript', 'title'],
  });
  const links: string[] = [];
  const text = clean
    .replace(/\s+/g, ' ')
    .replace(/<(\/?)([a-z0-9]+)([^<>]*)>/g, (_tag, slash, name: string, rest: string) => {
      if (name === 'a') return slash ? bracketed(links.pop()) : open(links, rest);
      if (name === 'td' || name === 'th') return slash ? ' ' : '';
      if (name === 'li') return slash ? '' : '\n- ';
      return BLOCKS.includes(name) ? '\n\n' : LINES.includes(name) ? '\n' : '';
    });
  return unescape(text)
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function open(links: string[], attributes: string): string {
  links.push(/href="([^"]*)"/.exec(attributes)?.[1] ?? '');
  return '';
}

function bracketed(link = ''): string {
  return link ? ` (${link})` : '';
}

/** Undoes the escapes that sanitize-html writes; it writes no others. */
function unescape(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
