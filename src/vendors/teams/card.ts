import type { ChatWords } from '../chat/chat-words.js';
import type { RobotMessage } from '../chat/group-robot.js';
import type { Mentions, ReadPerson } from '../chat/mentions.js';

const PRINCIPAL_NAME = /^[\w.'+-]{1,64}@[\w-]+(\.[\w-]+)+$/;
const OBJECT_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** People are known by their user principal names, and by their object ids in Entra. */
export const byPrincipal: ReadPerson = (address) =>
  PRINCIPAL_NAME.test(address) || OBJECT_ID.test(address) ? { id: address } : undefined;

interface TextBlock {
  type: 'TextBlock';
  text: string;
  wrap: true;
  size?: 'Medium';
  weight?: 'Bolder';
}

interface Card {
  $schema: string;
  type: 'AdaptiveCard';
  version: '1.4';
  body: TextBlock[];
  actions?: { type: 'Action.OpenUrl'; title: string; url: string }[];
  msteams?: { entities: { type: 'mention'; text: string; mentioned: { id: string; name: string } }[] };
}

/** A card of the title, who is mentioned, the text by paragraphs, and a button to the url. Nothing is cut. */
export function cardMessage({ title, text, url }: ChatWords, { ids }: Mentions, linkText: string): RobotMessage {
  const content: Card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      ...(title === undefined ? [] : [{ ...block(plain(title)), size: 'Medium', weight: 'Bolder' } as const]),
      ...(ids.length === 0 ? [] : [block(ids.map(at).join(' '))]),
      ...text.split(/\n\s*\n/).map((paragraph) => block(plain(paragraph))),
    ],
    ...(url === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: linkText, url: new URL(url).href }] }),
    ...(ids.length === 0 ? {} : { msteams: { entities: ids.map(mention) } }),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const block = (text: string): TextBlock => ({ type: 'TextBlock', text, wrap: true });

/** A card's text is Markdown: what would be emphasis or a link is escaped, and lines end where they do. */
const plain = (text: string): string =>
  text.replaceAll(/[\\*[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`).replaceAll(/\r?\n/g, '\n\n');

const at = (person: string): string => `<at>${person}</at>`;

const mention = (person: string): NonNullable<Card['msteams']>['entities'][number] => ({
  type: 'mention',
  text: at(person),
  mentioned: { id: person, name: person },
});
