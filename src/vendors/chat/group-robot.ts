import type { Clock } from '../../common/clock.js';
import { tooLarge } from '../push/too-large.js';
import { AccountHttp, type Answered, type HttpRequest, JSON_TYPE, judgeNoAnswer } from '../transport/account-http.js';
import { forAll, judge, type Judgement, THROTTLED } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import { type Part, sendInParts } from '../transport/parts.js';
import type {
  Outcome,
  SendResult,
  Vendor,
  VendorAccountConfig,
  VendorDefinition,
  VendorRequest,
  VerifyResult,
} from '../vendor.js';
import { type ChatWords, chatWords, NOTHING_SAID } from './chat-words.js';
import { type Mentions, mentionsOf, type ReadPerson } from './mentions.js';

/** A post as the vendor takes it, without its signature. */
export type RobotMessage = Readonly<Record<string, unknown>>;

/** What sets the group robots of one vendor apart. */
export interface RobotProtocol {
  /** The vendor as people call it. */
  name: string;
  personOf: ReadPerson;
  message: (words: ChatWords, mentions: Mentions, account: VendorAccountConfig) => RobotMessage;
  /** Why the vendor would not take it, whose body has so many bytes. Absent: messages are made so that it takes them. */
  tooLarge?: (message: RobotMessage, bytes: number) => Outcome | undefined;
  /** Where it goes and what is sent: the message, signed where the account has a secret. */
  request: (message: RobotMessage, account: VendorAccountConfig, now: Date) => { url: string; body: RobotMessage };
  judge: (reply: Answered, now: Date) => Judgement;
  /** What the vendor refuses for its words alone, and so after it has let the robot in. Absent: whatever it is sent, it may post. */
  probe?: Probe;
}

interface Probe {
  message: (account: VendorAccountConfig) => RobotMessage;
  /** What is wrong with it, to finish `a message …`. */
  flaw: string;
  /** The codes that say so. */
  codes: ReadonlySet<string>;
}

/** For vendors whose limit is one of the whole body. */
export const largerThan =
  (limit: number) =>
  (_message: RobotMessage, bytes: number): Outcome | undefined =>
    tooLarge(bytes, limit, 'post');

/**
 * Posts in one call, where people have words of their own: to a pace the call is one request all the same, and robots that post faster
 * than the vendor bears are muted. Who is left over comes when the robot has rested for as long as these posts take.
 */
const MOST_POSTS = 5;
const INVALID_ADDRESS: Outcome = {
  status: 'rejected',
  code: 'invalid-address',
  detail: 'The robot can mention nobody by this address.',
};

/** An account is one robot in one group: one post per words, for all targets of a call. */
export abstract class GroupRobot implements Vendor {
  abstract readonly definition: VendorDefinition;
  private readonly http: AccountHttp;

  protected constructor(
    private readonly clock: Clock,
    private readonly protocol: RobotProtocol,
  ) {
    this.http = new AccountHttp(clock);
  }

  send(request: VendorRequest): Promise<SendResult> {
    let posts = 0;
    return sendInParts(request, { size: this.definition.capabilities.requestSize, parallel: 1 }, async (part) =>
      posts++ < MOST_POSTS ? this.sendPart(request, part) : forAll(part.targets, this.rest()),
    );
  }

  async verify(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const { name, probe, judge } = this.protocol;
    if (probe === undefined) return this.connect(account, signal);
    const reply = await this.http.call(account, this.request(account, probe.message(account), signal));
    if (!reply.answered) return { ok: false, detail: `${name} cannot be reached: ${reply.detail}` };
    const judgement = judge(reply, this.clock.now());
    const { outcome } = judgement;
    const tried = `a message ${probe.flaw}`;
    if (outcome.status === 'accepted') return { ok: true, detail: `${name} knows the robot, and took even ${tried}.` };
    return judgement.account === undefined && probe.codes.has(outcome.code)
      ? { ok: true, detail: `${name} knows the robot: it refused ${tried} for just that, and posted nothing.` }
      : notVerified(judgement, name, 'robot');
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async sendPart({ account, signal }: VendorRequest, { content, targets }: Part): Promise<SendResult> {
    const words = chatWords(content);
    if (words === undefined) return forAll(targets, { outcome: NOTHING_SAID });
    const { mentions, unfit } = mentionsOf(targets, this.protocol.personOf);
    if (unfit.size === targets.length) return forAll(targets, { outcome: INVALID_ADDRESS });
    const message = this.protocol.message(words, mentions, account);
    const { outcome, account: verdict } = await this.post(account, message, signal);
    return {
      outcomes: targets.map((target) => (unfit.has(target) ? INVALID_ADDRESS : outcome)),
      ...(verdict === undefined ? {} : { account: verdict }),
    };
  }

  private async post(account: VendorAccountConfig, message: RobotMessage, signal: AbortSignal): Promise<Judgement> {
    const request = this.request(account, message, signal);
    const refused = this.protocol.tooLarge?.(message, Buffer.byteLength(request.body));
    if (refused !== undefined) return { outcome: refused };
    const reply = await this.http.call(account, request);
    return reply.answered ? this.protocol.judge(reply, this.clock.now()) : judgeNoAnswer(reply);
  }

  private async connect(account: VendorAccountConfig, signal: AbortSignal): Promise<VerifyResult> {
    const { host, origin } = new URL(this.protocol.request({}, account, this.clock.now()).url);
    const reply = await this.http.call(account, { method: 'GET', url: `${origin}/`, signal });
    return reply.answered
      ? { ok: true, detail: `${host} can be reached. Whether it posts, only a message shows, so none was sent.` }
      : { ok: false, detail: `${host} cannot be reached: ${reply.detail}` };
  }

  private request(
    account: VendorAccountConfig,
    message: RobotMessage,
    signal: AbortSignal,
  ): HttpRequest & { body: string } {
    const { url, body } = this.protocol.request(message, account, this.clock.now());
    return { url, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(body), signal };
  }

  private rest(): Judgement {
    const perSecond = this.definition.usualPace?.perSecond ?? 1;
    return judge(THROTTLED, 'paced', `${MOST_POSTS} posts in one call`, Math.ceil(MOST_POSTS / perSecond));
  }
}
