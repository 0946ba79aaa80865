import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { readMap } from '../read-map.js';

const MINUTE = 60_000;

/** What it is told, as JSON. */
export type Body = Readonly<Record<string, unknown>>;

/** A robot in a group. `pushes` counts its posts: whom each of them is for, the group does not tell. */
export abstract class RobotSimulator extends HttpSimulator {
  /** Posts that it bears within a minute; more are refused. None: as many as are sent. */
  mostPerMinute = Infinity;
  private readonly postedAt: number[] = [];

  /** Where a robot posts. */
  protected abstract readonly path: string;
  /** Refuses what the vendor refuses; undefined for what it posts. */
  protected abstract problem(request: SeenRequest, body: Body): SimulatorReply | undefined;
  /** What it answers to what it posts, of which `pushes` is the number. */
  protected abstract readonly posted: SimulatorReply;

  /** Keeps what it posts, for those who look. */
  protected take(_body: Body): void {
    return;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path === this.path;
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (!this.isSend(request) || request.method !== 'POST') return { status: 404 };
    const body = bodyOf(request);
    const problem = this.problem(request, body);
    if (problem !== undefined) return problem;
    const now = Date.now();
    if (this.postedAt.filter((at) => at > now - MINUTE).length >= this.mostPerMinute) return this.throttled(request);
    this.postedAt.push(now);
    this.pushes++;
    this.take(body);
    return this.posted;
  }
}

/** The JSON object of a request that says it holds JSON; otherwise an empty one. */
export const bodyOf = ({ headers, body }: SeenRequest): Body =>
  /^application\/json\b/.test(headers['content-type'] ?? '') ? readMap(body) : {};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** As DingTalk and WeCom answer, with HTTP status 200. */
export const errcode = (code: number, words = 'ok'): SimulatorReply => json({ errcode: code, errmsg: words });
