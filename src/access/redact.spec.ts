import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { redact } from './redact.js';

describe('redact', () => {
  it('hides values of sensitive names at any depth, whatever their type', () => {
    const body = {
      name: 'Mail',
      secret: 's1',
      settings: { host: 'mail.example.com', dkimPrivateKey: 's2', password: 7, accessToken: null },
      list: [{ app_secret: { inner: 's3' } }, { Credentials: ['s4'] }],
    };
    expect(redact(body)).toEqual({
      name: 'Mail',
      secret: '[redacted]',
      settings: { host: 'mail.example.com', dkimPrivateKey: '[redacted]', password: '[redacted]', accessToken: null },
      list: [{ app_secret: '[redacted]' }, { Credentials: '[redacted]' }],
    });
  });

  it('hides secrets that stand inside a URL', () => {
    expect(redact({ url: 'https://robot.example.com/send?access_token=s1&to=all&sign_key=s2#top' })).toEqual({
      url: 'https://robot.example.com/send?access_token=[redacted]&to=all&sign_key=[redacted]#top',
    });
    expect(redact({ proxy: 'http://user:s1@proxy.example.com:8080/' })).toEqual({
      proxy: 'http://user:[redacted]@proxy.example.com:8080/',
    });
  });

  it('cuts a body above 8 KiB, after hiding, and says how long it was', () => {
    const cut = redact({ secret: 's1', text: '字'.repeat(5_000) }) as { cut: string; bytes: number };
    expect(Object.keys(cut)).toEqual(['cut', 'bytes']);
    expect(cut.cut.startsWith('{"secret":"[redacted]","text":"字字')).toBe(true);
    expect(cut.cut.endsWith('字')).toBe(true);
    expect(Buffer.byteLength(cut.cut)).toBeLessThanOrEqual(8_192);
    expect(cut.bytes).toBe(15_000 + '{"secret":"[redacted]","text":""}'.length);
  });

  it('keeps what is just small enough whole', () => {
    const body = { text: 'x'.repeat(8_192 - '{"text":""}'.length) };
    expect(redact(body)).toEqual(body);
    expect(redact({ text: `${body.text}x` })).toHaveProperty('bytes', 8_193);
  });

  it('replaces what the database refuses', () => {
    expect(redact({ 'a\0': 'b\0c', half: '\ud83d', whole: '😀' })).toEqual({
      'a\ufffd': 'b\ufffdc',
      half: '\ufffd',
      whole: '😀',
    });
  });

  it('survives a body nested without end', () => {
    const nested: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    expect(JSON.stringify(redact(nested))).toContain('[deeper]');
  });

  it('keeps nothing of what is not JSON', () => {
    expect(redact(undefined)).toBeNull();
    expect(redact(Readable.from(['secret']))).toBeNull();
    expect(redact(Buffer.from('secret'))).toBeNull();
  });

  it('takes no longer than the text is long', () => {
    const text = '?key&'.repeat(20_000) + '?key'.repeat(200_000) + '://a:'.repeat(100_000);
    const started = performance.now();
    redact({ text });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
