import { createECDH } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Browser } from '../../../test/support/vendors/webpush/browser.js';
import { decrypt } from '../../../test/support/vendors/webpush/decrypt.js';
import { encrypt, LARGEST_PLAINTEXT } from './encrypt.js';

interface EncryptedContentEncoding {
  decrypt(body: Buffer, keys: { version: 'aes128gcm'; privateKey: unknown; authSecret: Buffer }): Buffer;
}

const requireFrom = createRequire(import.meta.url);
const ece = createRequire(requireFrom.resolve('web-push'))('http_ece') as EncryptedContentEncoding;
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
const encrypted = (text: string): Buffer => encrypt(Buffer.from(text), new Browser(1)) ?? Buffer.alloc(0);

describe('an encrypted push', () => {
  it('is the one of RFC 8291, appendix A, with its keys and salt', () => {
    const sender = createECDH('prime256v1');
    sender.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
    const browser = {
      p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
    };
    const text = Buffer.from('When I grow up, I want to be a watermelon');
    const body = encrypt(text, browser, sender, bytes('DGv6ra1nlYgDCS1FRnbzlw'));
    expect(body?.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQ' +
        'pu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('is read by its browser and by another library, and by no other browser', () => {
    const browser = new Browser(1);
    const body = encrypted('结果已出');
    expect(decrypt(body, browser)).toBe('结果已出');
    expect(decrypt(body, new Browser(2))).toBeUndefined();
    const read = ece.decrypt(body, { version: 'aes128gcm', privateKey: browser.keys, authSecret: browser.auth });
    expect(read.toString()).toBe('结果已出');
  });

  it('has a key pair and a salt of its own', () => {
    const bodies = Array.from({ length: 20 }, () => encrypted('x'));
    expect(new Set(bodies.map((body) => body.toString('hex', 0, 16))).size).toBe(20);
    expect(new Set(bodies.map((body) => body.toString('hex', 21, 86))).size).toBe(20);
  });

  it('has the 4096 bytes that push services take when its text is as large as can be', () => {
    expect(encrypted('x'.repeat(LARGEST_PLAINTEXT))).toHaveLength(4096);
  });
});
