import { describe, expect, it } from '@jest/globals';
import { vendorsApp } from '../../test/support/vendors/vendors-app.js';
import { InvalidRequest } from '../common/problem.js';
import { InboxVendor } from './inbox/inbox.js';
import { VendorRegistry } from './vendor-registry.js';

class ClosingVendor extends InboxVendor {
  closed = false;

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

describe('the registry of vendors', () => {
  it('has every vendor of the module, by its code', async () => {
    const app = await vendorsApp();
    const registry = app.get(VendorRegistry);
    const codes = registry.all().map(({ definition }) => definition.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.sort()).toEqual([
      'aliyun-sms',
      'apns',
      'dingtalk',
      'fcm',
      'feishu',
      'harmony',
      'honor',
      'http-sms',
      'huawei',
      'inbox',
      'live',
      'meizu',
      'oppo',
      'sandbox',
      'slack',
      'smtp',
      'teams',
      'tencent-sms',
      'twilio',
      'vivo',
      'webhook',
      'webpush',
      'wecom',
      'wecom-robot',
      'xiaomi',
    ]);
    for (const vendor of registry.all()) expect(registry.get(vendor.definition.code)).toBe(vendor);
    await app.close();
  });

  it('names the field when there is no such vendor', () => {
    const registry = new VendorRegistry([new InboxVendor()]);
    try {
      registry.get('pigeon');
      throw new Error('The registry knows a pigeon.');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidRequest);
      expect((error as InvalidRequest).errors).toEqual([{ path: 'vendor', message: 'must be one of inbox' }]);
    }
  });

  it('refuses to start with two vendors of one code', () => {
    expect(() => new VendorRegistry([new InboxVendor(), new InboxVendor()])).toThrow(
      'Two vendors have the code inbox.',
    );
  });

  it('closes the vendors with the process', async () => {
    const vendor = new ClosingVendor();
    await new VendorRegistry([vendor]).onModuleDestroy();
    expect(vendor.closed).toBe(true);
  });
});
