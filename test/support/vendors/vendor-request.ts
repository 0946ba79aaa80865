import { checkSettings } from '../../../src/vendors/account-settings.js';
import type { Answered } from '../../../src/vendors/transport/account-http.js';
import type {
  Outcome,
  ReceiptCall,
  VendorAccountConfig,
  VendorDefinition,
  VendorRequest,
} from '../../../src/vendors/vendor.js';

/** An account with these settings, checked and completed as when it is saved. */
export function vendorAccount(
  definition: VendorDefinition,
  settings: Readonly<Record<string, unknown>>,
): VendorAccountConfig {
  const checked = checkSettings(definition, settings);
  return { id: 7, organisationId: 3, code: definition.code, settings: { ...checked.settings, ...checked.secrets } };
}

/** A push of a title and a text to these addresses, the first of which has the reference `16-1-1`. */
export function vendorRequest(
  account: VendorAccountConfig,
  addresses: readonly string[],
  change: Partial<VendorRequest> = {},
): VendorRequest {
  return {
    account,
    content: { title: 'Lab result', text: 'Your result is ready.' },
    targets: addresses.map((address, index) => ({ reference: `16-1-${(index + 1).toString(36)}`, address })),
    tag: '16-1',
    priority: 'normal',
    category: 'notice',
    attempt: 1,
    options: {},
    signal: new AbortController().signal,
    ...change,
  };
}

/** A whole answer; what is no text is its JSON. */
export const answered = (body: unknown, status = 200, headers: Answered['headers'] = {}): Answered => ({
  answered: true,
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A callback with this body, in January 2027; what is no text is its JSON. */
export const receiptCall = (body: unknown, change: Partial<ReceiptCall> = {}): ReceiptCall => ({
  account: { id: 7, organisationId: 3, code: 'pigeon', settings: {} },
  url: 'https://push.example.com/r',
  headers: {},
  query: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  now: new Date(1_800_000_000_000),
  ...change,
});

/** Outcomes in short: `accepted`, or the status and its code. */
export const inShort = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => ('code' in outcome ? `${outcome.status} ${outcome.code}` : outcome.status));
