const LONGEST_SECTION = 3_000;
/** Slack refuses posts whose blocks hold some 13 000 characters together; a title, mentions and a link count as well. */
const LONGEST_TEXT = 10_000;
/** ASCII without the bar that ends a link's address, up to an escaped bracket; not with the full stop of a sentence at its end. */
const LINK = /https?:\/\/(?:(?!&[lg]t;)[!-{}~]){0,2000}[\w/=#%~+*$@-]/g;

/** Plain text in Slack's markup: nothing in it can mention or command, and web addresses are links. */
export const mrkdwn = (text: string): string => escaped(text).replace(LINK, '<$&>');

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A text in this markup as sections hold it: parted between lines or words, never within a link or an escape; the end is cut. */
export function sections(markup: string): string[] {
  const pieces: string[] = [];
  let rest = shortened(markup.trim());
  while (rest.length > LONGEST_SECTION) {
    const head = rest.slice(0, LONGEST_SECTION);
    const end = endOf(head);
    pieces.push(head.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function shortened(markup: string): string {
  return markup.length > LONGEST_TEXT ? `${unbroken(markup.slice(0, LONGEST_TEXT - 1))}…` : markup;
}

function endOf(head: string): number {
  const line = head.lastIndexOf('\n');
  if (line > head.length / 2) return line;
  const blank = head.search(/\s\S*$/);
  return blank > head.length / 2 ? blank : unbroken(head).length;
}

/** Without the beginning of a link, an escape or a character at its end. */
const unbroken = (head: string): string => head.replace(/(?:<[^>]*|&\w*|[\uD800-\uDBFF])$/, '');
