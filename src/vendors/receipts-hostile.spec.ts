import { afterAll, describe, expect, it } from '@jest/globals';
import { goodBodies, hostileBodies, largeBodies } from '../../test/support/vendors/hostile-receipts.js';
import { receiptCall, vendorAccount } from '../../test/support/vendors/vendor-request.js';
import { vendorsApp } from '../../test/support/vendors/vendors-app.js';
import type { Receipt, ReceiptReading, Vendor, VendorAccountConfig } from './vendor.js';
import { VendorRegistry } from './vendor-registry.js';

const app = await vendorsApp();
const vendors = app
  .get(VendorRegistry)
  .all()
  .filter((vendor) => vendor.readReceipts !== undefined);

afterAll(() => app.close());

/** Of those that read nothing without them. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  smtp: { host: 'mail.example.com', from: 'News <news@example.com>', envelopeFrom: 'bounce+{reference}@example.com' },
  'http-sms': {
    url: 'https://sms.example.com/send',
    fields: { to: '{phones}', text: '{text}', tag: '{tag}' },
    receipts: {
      subject: 'tag',
      subjectPath: 'out_id',
      phonePath: 'phone_number',
      statusPath: 'errmsg',
      timePath: 'timestamp',
      timeFormat: 'unix-ms',
    },
  },
};
/** For all large bodies together; one that is read in quadratic time takes minutes. */
const MOST_MILLISECONDS = 20_000;
/** They take what is signed, or what is a mail. */
const DEAF = new Set(['smtp', 'twilio']);

function accountOf({ definition }: Vendor): VendorAccountConfig {
  const settings = SETTINGS[definition.code];
  if (settings !== undefined) return vendorAccount(definition, settings);
  return { id: 7, organisationId: 3, code: definition.code, settings: {} };
}

function read(vendor: Vendor, account: VendorAccountConfig, body: string): ReceiptReading {
  const reading = vendor.readReceipts?.(receiptCall(body, { account }));
  if (reading === undefined) throw new Error('It reads no receipts.');
  return reading;
}

/** What is wrong with a reading of such a body; undefined when it is fine. */
function problemOf(vendor: Vendor, account: VendorAccountConfig, body: string): string | undefined {
  try {
    const { receipts, answer } = read(vendor, account, body);
    if (!(answer.status >= 200 && answer.status < 500)) return `answered ${answer.status}`;
    const wrong = receipts.find((receipt) => !isWhole(receipt));
    return wrong && `read ${JSON.stringify(wrong).slice(0, 200)}`;
  } catch (error) {
    return String(error);
  }
}

function isWhole(receipt: Receipt): boolean {
  const { status, code, at } = receipt;
  return (
    !Number.isNaN(at.getTime()) &&
    ['delivered', 'read', 'failed', 'address-gone'].includes(status) &&
    ['string', 'undefined'].includes(typeof code) &&
    words(receipt).every((word) => typeof word === 'string')
  );
}

function words(receipt: Receipt): unknown[] {
  if ('reference' in receipt) return [receipt.reference];
  return 'tag' in receipt ? [receipt.tag, ...receipt.addresses] : [receipt.vendorReference];
}

const hostile = [...hostileBodies()];
const large = [...largeBodies()];

describe.each(vendors.map((vendor) => [vendor.definition.code, vendor] as const))('receipts of %s', (code, vendor) => {
  const account = accountOf(vendor);
  const problemsOf = (bodies: readonly string[]): string[] =>
    bodies
      .map((body) => [body, problemOf(vendor, account, body)] as const)
      .filter(([, problem]) => problem !== undefined)
      .map(([body, problem]) => `${body.slice(0, 200)}: ${problem}`);

  it('are promised', () => {
    expect(vendor.definition.capabilities.receipts).toBe(true);
  });

  it('are read where they are what they should be', () => {
    const receipts = goodBodies().flatMap((body) => read(vendor, account, body).receipts);
    expect(receipts.length > 0).toBe(!DEAF.has(code));
  });

  it('are passed over or refused where they are anything else', () => {
    expect(problemsOf(hostile)).toEqual([]);
  });

  it('are read in a moment, however many and deep they are', () => {
    const start = performance.now();
    expect(problemsOf(large)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);
  });
});
