/** vivo counts a Han character as two; whatever is not Latin is counted so here, lest a text be found too long. */
const widthOf = (character: string): number => ((character.codePointAt(0) ?? 0) > 0xff ? 2 : 1);

const ELLIPSIS = '…';

/** A text of at most so many half-width characters, cut between them where it is longer, with an ellipsis that counts. */
export function cutHalfWidth(text: string, most: number): string {
  const room = most - widthOf(ELLIPSIS);
  let width = 0;
  let fits = '';
  for (const character of text) {
    width += widthOf(character);
    if (width > most) return `${fits}${ELLIPSIS}`;
    if (width <= room) fits += character;
  }
  return text;
}
