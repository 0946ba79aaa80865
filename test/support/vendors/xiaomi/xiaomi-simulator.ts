import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const SECRET = 'xiaomi-simulator-secret';
const PACKAGE = 'com.example.simulated';
const FORM = /^application\/x-www-form-urlencoded/;
const MOST_DEVICES = 1000;
const ok = (data: unknown): SimulatorReply =>
  json({ result: 'ok', trace_id: 'Xdm1', code: 0, data, description: '成功', info: 'Received push messages' });

/** Refuses a wrong secret, package, form or length; ids that contain `gone` are bad ones. Posts receipts where a push asks for them. */
export class XiaomiSimulator extends HttpSimulator {
  readonly vendor = 'xiaomi';
  private messages = 0;

  get settings(): Record<string, unknown> {
    return { appSecret: SECRET, packageName: PACKAGE, baseUrl: this.url, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return `${gone ? 'gone' : 'mi'}${Buffer.from(`registration ${number}`).toString('base64')}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path === '/v3/message/regid';
  }

  protected throttled(): SimulatorReply {
    return error(26003, 'too many requests');
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (request.headers.authorization !== `key=${SECRET}`) return error(21302, 'auth failed', 401);
    if (request.method === 'GET' && request.path === '/v1/trace/quota/get') {
      const known = request.query.get('restricted_package_name') === PACKAGE;
      return known ? ok({ day_quota: 10_000, day_acked: 0 }) : error(22022, 'package name not legal');
    }
    if (!this.isSend(request)) return { status: 404 };
    if (request.method !== 'POST' || !FORM.test(request.headers['content-type'] ?? ''))
      return error(10012, 'not a form');
    return this.push(new URLSearchParams(request.body));
  }

  private push(form: URLSearchParams): SimulatorReply {
    const problem = problemOf(form);
    if (problem !== undefined) return error(...problem);
    const ids = (form.get('registration_id') ?? '').split(',');
    const bad = ids.filter((id) => id.includes('gone'));
    if (ids.length === bad.length) return error(65003, 'illegal registration id');
    this.pushes += ids.length - bad.length;
    const id = `scm${(++this.messages).toString().padStart(20, '0')}`;
    this.receipt(
      form,
      id,
      ids.filter((one) => !one.includes('gone')),
    );
    return ok(bad.length === 0 ? { id } : { id, bad_regids: bad.join(',') });
  }

  private receipt(form: URLSearchParams, id: string, targets: string[]): void {
    const url = form.get('extra.callback');
    if (url === null || (Number(form.get('extra.callback.type')) & 1) === 0) return;
    const entry = {
      param: form.get('extra.callback.param') ?? '',
      type: 1,
      targets: targets.join(','),
      timestamp: Date.now(),
    };
    const body = new URLSearchParams({ data: JSON.stringify({ [id]: entry }) }).toString();
    this.postReceipt(url, body, { 'content-type': 'application/x-www-form-urlencoded' });
  }
}

const error = (code: number, reason: string, status = 200): SimulatorReply =>
  json({ result: 'error', trace_id: 'Xdm0', code, description: reason, reason }, status);

function problemOf(form: URLSearchParams): [code: number, reason: string] | undefined {
  const length = (name: string): number => form.get(name)?.length ?? 0;
  const extras = [...form].filter(([name]) => name.startsWith('extra.'));
  if (form.get('restricted_package_name') !== PACKAGE) return [22022, 'package name not legal'];
  const ids = form.get('registration_id') ?? '';
  if (ids === '') return [10016, 'registration_id is missing'];
  if (ids.split(',').length > MOST_DEVICES) return [10017, 'too many registration ids'];
  if (form.get('pass_through') !== '1') {
    if (length('title') === 0 || length('description') === 0) return [10016, 'title or description is missing'];
    if (length('title') > 50 || length('description') > 128) return [10017, 'title or description is too long'];
  }
  if (Buffer.byteLength(form.get('payload') ?? '') > 4096) return [20209, 'payload is too large'];
  if (extras.length > 10) return [10017, 'too many extras'];
  if (Number(form.get('time_to_live') ?? 0) > 1_209_600_000) return [10017, 'time_to_live is too long'];
  return undefined;
}
