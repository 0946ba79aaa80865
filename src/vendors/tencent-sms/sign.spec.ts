import { Agent } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sms } from 'tencentcloud-sdk-nodejs-sms';
import { TencentSmsSimulator } from '../../../test/support/vendors/tencent-sms/tencent-sms-simulator.js';
import { signTc3 } from './sign.js';

describe('a signature of Tencent Cloud', () => {
  it('is the one that its documentation leads to', () => {
    const body =
      '{"PhoneNumberSet":["+8613800000000"],"SmsSdkAppId":"1400000000","TemplateId":"1","SignName":"demo",' +
      '"TemplateParamSet":["1234"]}';
    expect(
      signTc3(
        { host: 'sms.tencentcloudapi.com', body, timestamp: 1_700_000_000 },
        { secretId: 'AKIDdemo', secretKey: 'demoKey' },
      ),
    ).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDdemo/2023-11-14/sms/tc3_request, SignedHeaders=content-type;host, ' +
        'Signature=1ad0d16f6843f27c38ad1e8dc6526f71413df31ed8ab18f98f18f6a1aa4a79e9',
    );
  });
});

describe("the vendor's own client", () => {
  const host = 'sms.tencentcloudapi.com';
  let simulator: TencentSmsSimulator;

  beforeEach(async () => {
    simulator = await new TencentSmsSimulator().start();
    // It signs the name without the port.
    simulator.host = host;
  });
  afterEach(() => simulator.close());

  it('signs the same request in the same way, and is understood', async () => {
    const { id: secretId, secret: secretKey } = simulator.key;
    const { port } = new URL(simulator.url);
    const agent = new Agent({ lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) });
    const client = new sms.v20210111.Client({
      credential: { secretId, secretKey },
      region: 'ap-guangzhou',
      profile: { httpProfile: { protocol: 'http://', endpoint: `${host}:${port}`, agent } },
    });
    const wanted = {
      PhoneNumberSet: ['+8613800000000', '+8619900000001'],
      SmsSdkAppId: '1400006666',
      SignName: '华东医院',
      TemplateId: '1002',
      TemplateParamSet: ['Li', 'ÄÖ "9:00"'],
    };
    const { SendStatusSet: statuses } = await client.SendSms(wanted);
    expect(statuses?.map(({ Code }) => Code)).toEqual(['Ok', 'InvalidParameterValue.IncorrectPhoneNumber']);
    const { headers, body = '' } = simulator.seen[0] ?? {};
    const timestamp = Number(headers?.['x-tc-timestamp']);
    expect(headers?.authorization).toBe(signTc3({ host, body, timestamp }, { secretId, secretKey }));
    agent.destroy();
  });
});
