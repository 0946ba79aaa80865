import { groupBy } from '../../common/group-by.js';
import { readPhoneNumber, readsAsMainland } from '../sms/phone-number.js';
import { isMainland, type Sending } from '../sms/send-planned.js';
import { wordsKey } from '../sms/sms-words.js';
import { slices } from '../transport/parts.js';

/** Most numbers of one SendSms, which have the same words. */
const MOST_OF_SAME = 1000;
/** Most numbers of one SendBatchSms, each with words of its own; all have the same template. */
const MOST_OF_DIFFERENT = 100;

/** What is asked of Alibaba Cloud. */
export interface SmsCall {
  action: string;
  query: Record<string, string>;
  form: Record<string, string>;
}

/**
 * As few calls as can be. Those of the same words share a SendSms where they would fill a SendBatchSms of their own; fewer are put
 * into batches with the other words of their template. A call goes to the mainland or abroad: no template is for both.
 */
export function callsFor(sendings: readonly Sending[]): Sending[][] {
  const templates = groupBy(sendings, (sending) => `${isMainland(sending)} ${sending.words.template.id}`);
  return [...templates.values()].flatMap((ofTemplate) => {
    const groups = [...groupBy(ofTemplate, ({ words }) => wordsKey(words)).values()];
    const few = groups.filter(({ length }) => length < MOST_OF_DIFFERENT);
    const [same, mixed] =
      few.length > 1 ? [groups.filter(({ length }) => length >= MOST_OF_DIFFERENT), few.flat()] : [groups, []];
    return [...same.flatMap((group) => slices(group, MOST_OF_SAME)), ...slices(mixed, MOST_OF_DIFFERENT)];
  });
}

/** Whether all of a call are told the same. */
export function haveSameWords(call: readonly Sending[]): boolean {
  return new Set(call.map(({ words }) => wordsKey(words))).size === 1;
}

/**
 * The request of a call. Reports echo `OutId`: the reference of a single target, the tag of several, which names a delivery together
 * with the number.
 */
export function smsCall(call: readonly Sending[], tag: string, extendCode: string | undefined): SmsCall {
  const [first] = call as [Sending];
  const numbers = call.map(({ target }) => spelled(target.address));
  const common = {
    OutId: call.length === 1 ? first.target.reference : tag,
    TemplateCode: first.words.template.id,
  };
  if (!haveSameWords(call))
    return { action: 'SendBatchSms', query: common, form: batchForm(call, numbers, extendCode) };
  const { sign = '', template } = first.words;
  const query = {
    ...common,
    PhoneNumbers: numbers.join(','),
    SignName: sign,
    ...(Object.keys(template.params).length === 0 ? {} : { TemplateParam: JSON.stringify(template.params) }),
    ...(extendCode === undefined ? {} : { SmsUpExtendCode: extendCode }),
  };
  return { action: 'SendSms', query, form: {} };
}

function batchForm(
  call: readonly Sending[],
  numbers: readonly string[],
  extendCode: string | undefined,
): Record<string, string> {
  return {
    PhoneNumberJson: JSON.stringify(numbers),
    SignNameJson: JSON.stringify(call.map(({ words }) => words.sign)),
    TemplateParamJson: JSON.stringify(call.map(({ words }) => words.template.params)),
    ...(extendCode === undefined ? {} : { SmsUpExtendCodeJson: JSON.stringify(call.map(() => extendCode)) }),
  };
}

/** Numbers of the mainland bare, others with their country code; after `00` where that would read as a number of the mainland. */
function spelled(address: string): string {
  const { mainland, digits } = readPhoneNumber(address);
  if (mainland) return digits.slice(2);
  return readsAsMainland(digits) ? `00${digits}` : digits;
}
