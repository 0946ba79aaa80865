import { createHash } from 'node:crypto';
import { HttpSimulator, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const ACCOUNT = 'clinic';
const PASSWORD = 'form-gateway-password';
const MOST_NUMBERS = 500;
const STALE_MILLISECONDS = 300_000;
const CHINA_MILLISECONDS = 8 * 3_600_000;

/** `20261201100000` by the clocks of China. */
const chinaTime = (at: number): string =>
  new Date(at + CHINA_MILLISECONDS).toISOString().replaceAll(/\D/g, '').slice(0, 14);

/**
 * A gateway as there are many in China: a GBK form, or a query in UTF-8, with an md5 signature; answers are `code,id` in plain text. One id
 * stands for all numbers of a request, and receipts are lines of `id,number,status,time`. Numbers that begin 1384040 are none.
 */
export class FormGateway extends HttpSimulator {
  readonly vendor = 'http-sms';
  private messages = 0;

  get settings(): Record<string, unknown> {
    const signing = { account: '{account}', ts: '{timestamp}', sign: '{signature}' };
    return {
      url: `${this.url}/sms/send`,
      charset: 'gbk',
      fields: { ...signing, mobile: '{phones}', content: '{signedText}' },
      account: ACCOUNT,
      password: PASSWORD,
      sign: '诊所',
      signature: { algorithm: 'md5', of: '{account}{password}{timestamp}' },
      timestampFormat: 'yyyyMMddHHmmss',
      batchSize: MOST_NUMBERS,
      answer: { encoding: 'text', codePath: '[0][0]', success: ['0'], idPath: '[0][1]' },
      codes: {
        '101': 'credentials',
        '102': 'credentials',
        '103': 'throttled',
        '104': 'quota',
        '105': 'rejected',
        '107': 'address-gone',
        '109': 'unreachable',
        '110': 'retry',
        '111': 'unknown',
      },
      receipts: {
        encoding: 'text',
        subject: 'vendorReference',
        subjectPath: '[0]',
        phonePath: '[1]',
        statusPath: '[2]',
        timePath: '[3]',
        timeFormat: 'yyMMddHHmm',
        gone: ['MK:0001'],
        answer: 'SUCCESS',
      },
      verify: {
        url: `${this.url}/sms/balance`,
        fields: signing,
        answer: { encoding: 'text', codePath: '[0][0]', success: ['0'] },
      },
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `138${gone ? '4040' : '0000'}${String(number).padStart(4, '0')}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path === '/sms/send';
  }

  protected throttled(): SimulatorReply {
    return said('103');
  }

  protected answer(request: SeenRequest): SimulatorReply {
    const { method, path, query, headers, body } = request;
    const isForm = /^application\/x-www-form-urlencoded; charset=gbk$/.test(headers['content-type'] ?? '');
    if (method !== 'GET' && (method !== 'POST' || !isForm)) return { status: 405 };
    const fields = method === 'GET' ? query : gbkForm(body);
    const field = (name: string): string => fields.get(name) ?? '';
    const [account, ts] = [field('account'), field('ts')];
    const signature = createHash('md5').update(`${account}${PASSWORD}${ts}`).digest('hex');
    if (account !== ACCOUNT || field('sign') !== signature) return said('101');
    const now = Date.now();
    if (ts < chinaTime(now - STALE_MILLISECONDS) || ts > chinaTime(now + STALE_MILLISECONDS)) return said('102');
    if (path === '/sms/balance') return said('0', '1234');
    return path === '/sms/send' ? this.message(field('mobile').split(','), field('content')) : { status: 404 };
  }

  private message(numbers: string[], content: string): SimulatorReply {
    if (!/^【[^】]{2,}】./.test(content) || content.length > 500) return said('105');
    if (numbers.length > MOST_NUMBERS || numbers.some((number) => !/^1[3-9]\d{9}$/.test(number))) return said('106');
    if (numbers.length === 1 && isGone(numbers[0] ?? '')) return said('107');
    const id = `${Date.now()}${++this.messages}`;
    this.pushes += numbers.filter((number) => !isGone(number)).length;
    if (this.receiptUrl !== undefined) {
      const time = chinaTime(Date.now()).slice(2, 12);
      const lines = numbers.map((number) => `${id},86${number},${isGone(number) ? 'MK:0001' : 'DELIVRD'},${time}`);
      this.postReceipt(this.receiptUrl, lines.join('\r\n'), { 'content-type': 'text/plain' });
    }
    return said('0', id);
  }
}

const isGone = (number: string): boolean => number.startsWith('1384040');

const said = (code: string, id = ''): SimulatorReply => ({
  headers: { 'content-type': 'text/plain' },
  body: `${code},${id}`,
});

function gbkForm(body: string): URLSearchParams {
  const decode = (text: string): string => {
    const bytes = text
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex as string, 16)));
    return new TextDecoder('gbk', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  };
  return new URLSearchParams(body.split('&').map((pair) => pair.split('=').map(decode) as [string, string]));
}
