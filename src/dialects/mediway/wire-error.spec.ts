import { describe, expect, it } from '@jest/globals';
import { InvalidRequest, NotFound } from '../../common/problem.js';
import { toWireError } from './wire-error.js';

describe('a refusal in the words of the request', () => {
  it.each([
    ['content', 'channelData'],
    ['content.1002', 'channelData.1002'],
    ['content.1002.html', 'channelData.1002.content'],
    ['content.a.b.text', 'channelData.a.b.content'],
    ['content.1002.url', 'channelData.1002.website'],
    ['content.1001.sign', 'channelData.1001.sign'],
    ['content.1001.vendorTemplate.id', 'channelData.1001.templateData.templateId'],
    ['content.1001.vendorTemplate.params.code', 'channelData.1001.templateData.paramData.code'],
    ['content.1001.vendorTemplate', 'channelData.1001.templateData.paramData'],
    ['template.params.name', 'channelParamData.name'],
    ['params.order.id', 'channelParamData.order.id'],
    ['template.code', 'templateCode'],
    ['template.channels', 'templateCode'],
    ['audience.addresses.1001', 'receiverData.1001'],
    ['audience', 'receiverData'],
    ['sendTime', 'sendTime'],
  ])('%s is %s', (path, wire) => {
    expect(toWireError(InvalidRequest.at(path, 'is wrong', 'some_code'))).toMatchObject({
      status: 400,
      code: 'some_code',
      message: `${wire}: is wrong`,
    });
  });

  it('leaves other errors alone', () => {
    const error = new NotFound('channel', '1009');
    expect(toWireError(error)).toBe(error);
  });
});
