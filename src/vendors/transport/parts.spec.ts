import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../channels/channel-kind.js';
import type { SendResult, VendorRequest, VendorTarget } from '../vendor.js';
import { CREDENTIALS, forAll, judge } from './judgement.js';
import { type Part, sendInParts } from './parts.js';

const WORDS: Content = { title: 'Lab result', text: 'Ready' };

let sent: Part[];
let underWay: number;
let mostUnderWay: number;

beforeEach(() => {
  sent = [];
  underWay = 0;
  mostUnderWay = 0;
});

const person = (address: string, content?: Content): VendorTarget => ({
  reference: `r-${address}`,
  address,
  ...(content === undefined ? {} : { content }),
});
const people = (count: number): VendorTarget[] => Array.from({ length: count }, (_, index) => person(`p${index}`));

function request(targets: VendorTarget[], signal = new AbortController().signal): VendorRequest {
  return {
    account: { id: 7, organisationId: 3, code: 'pigeon', settings: {} },
    content: WORDS,
    targets,
    tag: '16-1',
    priority: 'normal',
    category: 'notice',
    attempt: 1,
    options: {},
    signal,
  };
}

/** Accepts everybody, by name, after so many turns of the event loop: later parts are answered first. */
async function accept(part: Part): Promise<SendResult> {
  sent.push(part);
  mostUnderWay = Math.max(mostUnderWay, ++underWay);
  for (let turn = 10 - sent.length; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
  underWay--;
  return { outcomes: part.targets.map(({ address }) => ({ status: 'accepted', vendorReference: address })) };
}

const addressesSent = (): string[][] => sent.map(({ targets }) => targets.map(({ address }) => address));
const namesOf = ({ outcomes }: SendResult): unknown[] =>
  outcomes.map((outcome) => ('vendorReference' in outcome ? outcome.vendorReference : outcome));

describe('a request sent in parts', () => {
  it('is cut by size, and its outcomes stand in the order of its targets', async () => {
    const result = await sendInParts(request(people(7)), { size: 3, parallel: 4 }, accept);
    expect(addressesSent()).toEqual([['p0', 'p1', 'p2'], ['p3', 'p4', 'p5'], ['p6']]);
    expect(sent.every(({ content }) => content === WORDS)).toBe(true);
    expect(namesOf(result)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    expect(result).not.toHaveProperty('account');
  });

  it('has no more parts under way at once than it may', async () => {
    await sendInParts(request(people(9)), { size: 1, parallel: 3 }, accept);
    expect(sent).toHaveLength(9);
    expect(mostUnderWay).toBe(3);
  });

  it('keeps those together that get the same words, whoever stands between them', async () => {
    const ada = { text: 'Hello Ada' };
    const targets = [
      person('a1', ada),
      person('p1'),
      person('b1', { text: 'Hello Bob' }),
      person('a2', { ...ada }),
      person('p2'),
      person('a3', ada),
    ];
    const result = await sendInParts(request(targets), { size: 2, parallel: 9 }, accept);
    expect(sent.map(({ content, targets: of }) => [content.text, ...of.map(({ address }) => address)])).toEqual([
      ['Hello Ada', 'a1', 'a2'],
      ['Hello Ada', 'a3'],
      ['Ready', 'p1', 'p2'],
      ['Hello Bob', 'b1'],
    ]);
    expect(namesOf(result)).toEqual(['a1', 'p1', 'b1', 'a2', 'p2', 'a3']);
  });

  it('ends with a verdict on the account: who is not on the way stays untouched', async () => {
    const result = await sendInParts(request(people(5)), { size: 1, parallel: 2 }, async (part) => {
      const answer = await accept(part);
      return part.targets[0]?.address === 'p0'
        ? forAll(part.targets, judge(CREDENTIALS, '401', 'wrong secret'))
        : answer;
    });
    expect(addressesSent().flat()).toEqual(['p0', 'p1', 'p2']);
    expect(namesOf(result)).toEqual([
      { status: 'retry', code: '401' },
      'p1',
      'p2',
      { status: 'retry', code: '401' },
      { status: 'retry', code: '401' },
    ]);
    expect(result.account).toEqual({ problem: 'credentials', code: '401', detail: 'wrong secret' });
  });

  it('tells the first of several verdicts', async () => {
    const result = await sendInParts(request(people(2)), { size: 1, parallel: 2 }, ({ targets }) =>
      Promise.resolve(forAll(targets, judge(CREDENTIALS, targets[0]?.address ?? '', 'wrong'))),
    );
    expect(result.account?.code).toBe('p0');
  });

  it('ends with its call: who is not on the way is tried again', async () => {
    const end = new AbortController();
    const result = await sendInParts(request(people(3), end.signal), { size: 1, parallel: 1 }, (part) => {
      end.abort();
      return accept(part);
    });
    expect(namesOf(result)).toEqual(['p0', { status: 'retry', code: 'aborted' }, { status: 'retry', code: 'aborted' }]);
    expect(result).not.toHaveProperty('account');
    await sendInParts(request(people(3), AbortSignal.abort()), { size: 1, parallel: 1 }, accept);
    expect(sent).toHaveLength(1);
  });

  it('knows nothing of a target that a part has no outcome for', async () => {
    const result = await sendInParts(request(people(2)), { size: 2, parallel: 1 }, () =>
      Promise.resolve({ outcomes: [{ status: 'accepted' }] }),
    );
    expect(result.outcomes).toEqual([{ status: 'accepted' }, { status: 'unknown', code: 'no-outcome' }]);
  });
});
