import { type Body, RobotSimulator } from '../chat/robot-simulator.js';
import { json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const SIG = 'simulated-sig';
const LARGEST_BODY = 28 * 1024;
const CARD = 'application/vnd.microsoft.card.adaptive';
const MENTION = /<at>([^<]+)<\/at>/g;
const PERSON = /^([\w.'+-]+@[\w.-]+|[\da-f-]{36})$/;

interface Card {
  type: string;
  version: string;
  body: { type: string; text: string; wrap: boolean; weight?: string; size?: string }[];
  actions?: { type: string; title: string; url: string }[];
  msteams?: { entities: { type: string; text: string; mentioned: { id: string; name: string } }[] };
}

/** A flow of Workflows that posts cards. Refuses a wrong sig, and cards that Teams could not show. */
export class TeamsSimulator extends RobotSimulator {
  readonly vendor = 'teams';
  readonly cards: Card[] = [];
  protected readonly path = '/workflows/simulated/triggers/manual/paths/invoke';

  get settings(): Record<string, unknown> {
    return { webhookUrl: `${this.url}${this.path}?api-version=1&sig=${SIG}`, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return gone ? `gone ${number}` : `person${number}@example.com`;
  }

  protected throttled(): SimulatorReply {
    const busy = refusal(429, 'TooManyRequests', 'Rate limit is exceeded.');
    return { ...busy, headers: { ...busy.headers, 'retry-after': '2' } };
  }

  protected get posted(): SimulatorReply {
    const run = `0858${String(this.pushes).padStart(16, '0')}CU00`;
    return { status: 202, headers: { 'x-ms-workflow-run-id': run } };
  }

  protected problem({ query, body: text }: SeenRequest, body: Body): SimulatorReply | undefined {
    if (query.get('sig') !== SIG) return refusal(401, 'DirectApiAuthorizationRequired', 'The sig is missing or wrong.');
    if (Object.keys(body).length === 0) return refusal(400, 'InvalidRequestContent', 'It is no JSON.');
    if (Buffer.byteLength(text) > LARGEST_BODY) return refusal(413, 'RequestEntityTooLarge', 'It is too large.');
    return isMessage(body) ? undefined : refusal(400, 'TriggerInputSchemaMismatch', 'It is no message with a card.');
  }

  protected override take(body: Body): void {
    this.cards.push(cardOf(body));
  }
}

const refusal = (status: number, code: string, message: string): SimulatorReply =>
  json({ error: { code, message } }, status);

const attachmentsOf = ({ attachments = [] }: Body) => attachments as { contentType: string; content: Card }[];

const cardOf = (body: Body): Card => attachmentsOf(body)[0]?.content as Card;

function isMessage(body: Body): boolean {
  const attachments = attachmentsOf(body);
  return (
    body.type === 'message' && attachments.length === 1 && attachments[0]?.contentType === CARD && isCard(cardOf(body))
  );
}

function isCard({ type, version, body, actions = [], msteams }: Card): boolean {
  const mentioned = body.flatMap(({ text }) => [...text.matchAll(MENTION)].map(([, name]) => name));
  const entities = msteams?.entities ?? [];
  return (
    type === 'AdaptiveCard' &&
    version === '1.4' &&
    body.length > 0 &&
    body.every((block) => block.type === 'TextBlock' && block.text !== '' && block.wrap) &&
    actions.every((action) => action.type === 'Action.OpenUrl' && action.title !== '' && URL.canParse(action.url)) &&
    entities.every(({ text, mentioned: { id, name } }) => text === `<at>${name}</at>` && PERSON.test(id)) &&
    entities.every(({ mentioned: { name } }) => mentioned.includes(name))
  );
}
