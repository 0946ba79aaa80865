import { groupBy } from '../../common/group-by.js';
import { readPhoneNumber } from '../sms/phone-number.js';
import { isMainland, type Sending } from '../sms/send-planned.js';
import { type SmsWords, wordsKey } from '../sms/sms-words.js';
import { slices } from '../transport/parts.js';
import type { Outcome } from '../vendor.js';

const MOST_NUMBERS = 200;

/** As Tencent takes numbers and gives them back, E.164: `+8613812345678`. */
export const e164 = (address: string): string => `+${readPhoneNumber(address).digits}`;

/** A call holds the same words for at most 200 numbers, all of the mainland or none. */
export function callsFor(sendings: readonly Sending[]): Sending[][] {
  const groups = groupBy(sendings, (sending) => `${isMainland(sending)} ${wordsKey(sending.words)}`);
  return [...groups.values()].flatMap((group) => slices(group, MOST_NUMBERS));
}

/** Refuses params that cannot be brought into the order in which Tencent wants them; see the definition. */
export function orderProblem({ template }: SmsWords): Outcome | undefined {
  const names = Object.keys(template.params);
  if (names.length < 2 || names.every((name) => /^\d+$/.test(name))) return undefined;
  return {
    status: 'rejected',
    code: 'params-not-numbered',
    detail: `Tencent numbers the variables of a template: name its params 1, 2, …, not ${names.join(', ')}.`,
  };
}

/** Values in the order of their numbers. */
export function paramSet({ params }: SmsWords['template']): string[] {
  return Object.entries(params)
    .toSorted(([left], [right]) => Number(left) - Number(right))
    .map(([, value]) => value);
}

export interface CallSettings {
  sdkAppId: string;
  extendCode?: string;
  senderId?: string;
}

/** The body of a SendSms. The context is given back in its answer: the reference of a single target, the tag of several. */
export function smsBody(call: readonly Sending[], tag: string, settings: CallSettings): Record<string, unknown> {
  const [first] = call as [Sending];
  const { sign, template } = first.words;
  const params = paramSet(template);
  return {
    PhoneNumberSet: call.map(({ target }) => e164(target.address)),
    SmsSdkAppId: settings.sdkAppId,
    TemplateId: template.id,
    ...(sign === undefined ? {} : { SignName: sign }),
    ...(params.length === 0 ? {} : { TemplateParamSet: params }),
    ...(settings.extendCode === undefined ? {} : { ExtendCode: settings.extendCode }),
    ...(settings.senderId === undefined || isMainland(first) ? {} : { SenderId: settings.senderId }),
    SessionContext: call.length === 1 ? first.target.reference : tag,
  };
}
