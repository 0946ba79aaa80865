import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { type Body, bodyOf, errcode, textOf } from '../chat/robot-simulator.js';
import { mapOf } from '../read-map.js';

const CORP = 'ww0simulator';
const SECRET = 'wecom-simulator-secret';
const AGENT = 1000002;
const MEMBER = /^[a-z0-9][a-z0-9_.@-]{0,63}$/i;
const LIMITS: readonly (readonly [field: string, most: number])[] = [
  ['title', 128],
  ['description', 512],
  ['url', 2048],
  ['content', 2048],
];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ['content'],
  textcard: ['title', 'description', 'url'],
};

/**
 * A company with one app. Refuses a wrong company, secret, token, app, type, list or length. Members whose ids begin with `gone` are
 * unknown to it, those with `unlicensed` have no licence; it names both in lower case.
 */
export class WecomSimulator extends HttpSimulator {
  readonly vendor = 'wecom';
  /** Tokens given out so far. */
  grants = 0;
  /** Whether an administrator has switched the app off. */
  closed = false;
  private token = '';
  private messages = 0;

  get settings(): Record<string, unknown> {
    return { corpId: CORP, corpSecret: SECRET, agentId: AGENT, baseUrl: this.url, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return `${gone ? 'Gone' : 'Member'}${number}`;
  }

  /** The token that it gave out is worth nothing from now on. */
  expireToken(): void {
    this.token = '';
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path === '/cgi-bin/message/send';
  }

  protected throttled(): SimulatorReply {
    return errcode(45009, 'api freq out of limit');
  }

  protected answer(request: SeenRequest): SimulatorReply {
    const { method, path, query } = request;
    if (method === 'GET' && path === '/cgi-bin/gettoken') return this.grant(query);
    const token = query.get('access_token');
    if (token === null) return errcode(41001, 'access_token missing');
    if (token === '' || token !== this.token) return errcode(token === '' ? 40014 : 42001, 'access_token expired');
    if (method === 'GET' && path === '/cgi-bin/agent/get') {
      const known = query.get('agentid') === String(AGENT);
      return known
        ? json({ errcode: 0, errmsg: 'ok', agentid: AGENT, name: 'Tidings', close: this.closed ? 1 : 0 })
        : notItsApp();
    }
    return method === 'POST' && this.isSend(request) ? this.send(bodyOf(request)) : { status: 404 };
  }

  private grant(query: URLSearchParams): SimulatorReply {
    if (query.get('corpid') !== CORP) return errcode(40013, 'invalid corpid');
    if (query.get('corpsecret') !== SECRET) return errcode(40001, 'invalid credential');
    this.token = `token-${++this.grants}`;
    return json({ errcode: 0, errmsg: 'ok', access_token: this.token, expires_in: 7200 });
  }

  private send(body: Body): SimulatorReply {
    const problem = problemOf(body);
    if (problem !== undefined) return problem;
    const members = textOf(body.touser).split('|');
    if (members.some((member) => !MEMBER.test(member))) return errcode(40031, 'invalid userid list');
    if (members.length > 1000) return errcode(40032, 'invalid userid list size');
    const invalid = members.filter((member) => /^gone/i.test(member));
    const unlicensed = members.filter((member) => /^unlicensed/i.test(member));
    if (invalid.length + unlicensed.length === members.length) return errcode(81013, 'user & party & tag all invalid');
    this.pushes += members.length - invalid.length - unlicensed.length;
    const lists = { invaliduser: lower(invalid), unlicenseduser: lower(unlicensed), invalidparty: '', invalidtag: '' };
    return json({ errcode: 0, errmsg: 'ok', ...lists, msgid: `msg-${++this.messages}` });
  }
}

const notItsApp = (): SimulatorReply => errcode(301002, 'not allow operate another agent with this accesstoken');

const lower = (members: readonly string[]): string => members.join('|').toLowerCase();

function problemOf(body: Body): SimulatorReply | undefined {
  const { agentid, msgtype, touser, safe } = body;
  if (agentid !== AGENT) return notItsApp();
  if (textOf(touser) === '') return errcode(82001, 'touser empty');
  const type = textOf(msgtype);
  const message = mapOf(body[type]);
  const fields = FIELDS[type];
  if (fields === undefined) return errcode(40008, 'invalid message type');
  if (fields.some((field) => textOf(message[field]) === '')) return errcode(44004, 'empty content');
  if (safe === 1 && type !== 'text') return errcode(40058, 'only a text can be confidential');
  // The real one cuts without a word.
  const long = LIMITS.some(([field, most]) => Buffer.byteLength(textOf(message[field])) > most);
  return long ? errcode(45002, 'content size out of limit') : undefined;
}
