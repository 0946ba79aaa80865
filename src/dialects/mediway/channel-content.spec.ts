import { describe, expect, it } from '@jest/globals';
import type { Content } from '../../channels/channel-kind.js';
import { readChannelContent, type MediwayChannel } from './channel-content.js';
import { WireObject } from './wire-object.js';

const SMS: MediwayChannel = { code: '1001', kind: 'sms' };
const VENDOR_SMS: MediwayChannel = { ...SMS, vendorTemplateOnly: true };
const INBOX: MediwayChannel = { code: '1002', kind: 'inbox' };
const EMAIL: MediwayChannel = { code: '1003', kind: 'email' };

function read(content: unknown, channel: MediwayChannel): Content {
  return readChannelContent(WireObject.from(content, `channelData.${channel.code}`), channel);
}

describe('readChannelContent', () => {
  it('H9: website is optional', () => {
    expect(read({ content: '<b>c</b>', website: ' http://x ' }, INBOX)).toEqual({ html: '<b>c</b>', url: 'http://x' });
    expect(read({ content: 'c', website: '' }, INBOX)).toStrictEqual({ html: 'c' });
  });

  it('H10: an SMS has templateData, content or both, and both are kept', () => {
    const templateData = { templateId: 'T' };
    const vendorTemplate = { id: 'T', params: {} };
    expect(read({ content: 'c' }, SMS)).toStrictEqual({ text: 'c' });
    expect(read({ templateData }, SMS)).toStrictEqual({ vendorTemplate });
    expect(read({ content: 'c', sign: 's', templateData }, VENDOR_SMS)).toEqual({
      text: 'c',
      sign: 's',
      vendorTemplate,
    });
    expect(() => read({ sign: 's' }, SMS)).toThrow('channelData.1001.content: ');
    expect(() => read({ templateData: { templateId: '', paramData: { a: 1 } } }, SMS)).toThrow('1001.content: ');
    expect(() => read({ content: 'c' }, VENDOR_SMS)).toThrow('channelData.1001.templateData.templateId: ');
  });

  it('H11, H12: paramData holds any scalar, rendered as text', () => {
    const paramData = { s: 'AAAb', n: 1001, d: 0.5, b: true, e: '', nothing: null };
    expect(read({ templateData: { templateId: '1001', paramData } }, SMS).vendorTemplate).toEqual({
      id: '1001',
      params: { s: 'AAAb', n: '1001', d: '0.5', b: 'true', e: '' },
    });
    expect(() => read({ content: 'c', templateData: { paramData: { x: [1] } } }, SMS)).toThrow('paramData.x: ');
    expect(() => read({ content: 'c', templateData: 'T1' }, SMS)).toThrow('templateData: must be a JSON object');
  });

  it('H12: content is filled from paramData as text, never read twice', () => {
    const paramData = { code: 1001, 姓名: '${code}', odd: '$& $1' };
    const content = '${code}/${ 姓名 }/${odd}/$code/${code';
    expect(read({ content, templateData: { paramData } }, SMS)).toStrictEqual({
      text: '1001/${code}/$& $1/$code/${code',
    });
  });

  it('H13: templateId is opaque, and may be a number', () => {
    expect(read({ templateData: { templateId: 1001 } }, SMS).vendorTemplate?.id).toBe('1001');
  });

  it('H14: the shape of the content does not decide its kind', () => {
    const inSite = { title: 't', content: 'c', website: 'http://x' };
    expect(read(inSite, SMS)).toStrictEqual({ text: 'c' });
    expect(read(inSite, EMAIL)).toStrictEqual({ title: 't', html: 'c' });
    expect(read(inSite, { code: 'app', kind: 'push' })).toStrictEqual({ title: 't', text: 'c', url: 'http://x' });
  });

  it('H24: content that is missing is a parameter fault', () => {
    expect(() => read({ title: 't' }, INBOX)).toThrow('channelData.1002.content: is required');
    expect(() => read({ content: ' ' }, EMAIL)).toThrow('channelData.1003.content: is required');
  });

  it.each(['time', 'constructor', '__proto__', 'none'])('H30: ${%s} without its value is refused by name', (name) => {
    expect(() => read({ content: `\${${name}}`, templateData: { paramData: { code: 1, none: null } } }, SMS)).toThrow(
      `channelData.1001.templateData.paramData.${name}: is used in the content but missing`,
    );
    expect(() => read({ content: `\${${name}}` }, SMS)).toThrow(`paramData.${name}: `);
  });

  it('H35: html is kept as written', () => {
    const content = ' <script>x</script> ';
    expect(read({ content }, INBOX)).toStrictEqual({ html: content });
    expect(read({ content, title: ' t ' }, EMAIL)).toStrictEqual({ html: content, title: ' t ' });
  });
});
