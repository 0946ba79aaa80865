import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { quickInstance } from '../../common/quick-instance.js';
import { thorough, variants, WRONG_VALUES } from '../../../test/support/body-variants.js';
import { CreateMessageDto } from './create-message.dto.js';

const content = { inbox: { title: 'Title', text: 'Text', ext: { a: [1, { b: null }] } } };
const MESSAGES: object[] = [
  { audience: { users: ['P1'] }, content },
  {
    audience: { users: ['P1'], all: false, addresses: { sms: ['1'] }, exclude: { tags: ['t'] } },
    template: { code: 'MSG1', params: { name: 'n' }, channelParams: { sms: { name: 'm' } }, channels: ['sms'] },
    priority: 'high',
    category: 'notice',
    sendAt: '2026-12-01T08:00:00+08:00',
    expiresAt: '2026-12-02T08:00:00+08:00',
    dedupKey: 'k',
    correlationId: 'c',
    sender: { code: 'lab', name: 'Laboratory' },
    options: { badge: 1 },
  },
];

describe('the body of a message', () => {
  it.each(MESSAGES.map((body) => [body]))('is read the quick way when it keeps the rules', async (body) => {
    const made = quickInstance(CreateMessageDto, body);
    expect(made).toBeInstanceOf(CreateMessageDto);
    expect(made).toStrictEqual(await thorough(CreateMessageDto, body));
  });

  it('is never taken where the thorough way would refuse it, or make something else of it', async () => {
    const bodies = [...MESSAGES.flatMap(variants), ...WRONG_VALUES];
    const taken = bodies.flatMap((body) => {
      const made = quickInstance(CreateMessageDto, body);
      return made === undefined ? [] : [{ body, made }];
    });
    expect(bodies.length).toBeGreaterThan(400);
    expect(taken.length).toBeGreaterThan(50);
    for (const { body, made } of taken) expect(made).toStrictEqual(await thorough(CreateMessageDto, body));
  });
});
