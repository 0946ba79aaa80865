import { randomUUID } from 'node:crypto';
import type { Content } from '../../channels/channel-kind.js';
import type { VendorRequest, VendorTarget } from '../vendor.js';
import type { Filling } from './field-tree.js';
import type { Gateway } from './gateway.js';
import { written } from './phone-number.js';
import type { Values } from './template.js';
import { formatTime } from './time-format.js';

/** What the fields of a call hold that speaks of no message. */
export function accountFilling({ plain }: Gateway, now: Date): Filling {
  const { account, password, secrets, timestampFormat, timeZone } = plain;
  return {
    values: valuesOf({
      account,
      password,
      ...Object.fromEntries(Object.entries(secrets ?? {}).map(([name, value]) => [`secret.${name}`, value])),
      timestamp: formatTime(now, { pattern: timestampFormat, timeZone }),
      nonce: randomUUID().replaceAll('-', ''),
    }),
    ofEach: [],
  };
}

/** What the fields of a call hold that sends these words to these numbers. */
export function messageFilling(
  gateway: Gateway,
  { tag, receiptUrl }: Pick<VendorRequest, 'tag' | 'receiptUrl'>,
  { text, sign = gateway.plain.sign, vendorTemplate }: Content,
  targets: readonly VendorTarget[],
  now: Date,
): Filling {
  const phones = targets.map(({ address }) => written(address, gateway.numbering));
  const params = vendorTemplate?.params ?? {};
  const ofAccount = accountFilling(gateway, now).values;
  const values = valuesOf(
    {
      phones: phones.join(gateway.plain.phoneSeparator),
      count: String(targets.length),
      text,
      signedText: text && sign ? `【${sign}】${text}` : text,
      sign,
      templateId: vendorTemplate?.id,
      ...Object.fromEntries(Object.entries(params).map(([name, value]) => [`params.${name}`, value])),
      ...(vendorTemplate && { params: JSON.stringify(params), paramValues: JSON.stringify(Object.values(params)) }),
      tag,
      receiptUrl,
    },
    ofAccount,
  );
  const ofEach = targets.map(({ reference }, index) => valuesOf({ phone: phones[index], reference }, values));
  // Where each request is to one number, whatever it says may speak of that.
  const only = gateway.plain.batchSize === 1 ? ofEach[0] : undefined;
  return { values: only ?? values, ofEach, params: vendorTemplate?.params };
}

function valuesOf(values: Readonly<Record<string, string | undefined>>, others: Values = () => ''): Values {
  const known = new Map(Object.entries(values));
  return (name) => known.get(name) ?? others(name);
}
