import type { FieldError } from '../../common/problem.js';
import type { VendorSetting } from '../vendor.js';

/** What an account knows of the receipts that Huawei posts. */
export interface ReceiptSettings {
  callbackUser?: string;
  callbackKey?: string;
  receiptId?: string;
}

export const RECEIPT_SETTINGS: readonly VendorSetting[] = [
  {
    name: 'callbackUser',
    type: 'string',
    description:
      'Callback user name of the receipt configuration in AppGallery Connect; goes together with callbackKey.',
    max: 256,
  },
  {
    name: 'callbackKey',
    type: 'string',
    description:
      'Callback key of the receipt configuration. With it, receipts that are not signed, badly signed or more than ten minutes ' +
      'old are refused; without it, nothing but the secret address of the receipts protects them.',
    sensitive: true,
    max: 1024,
  },
  {
    name: 'receiptId',
    type: 'string',
    description:
      'Id of the receipt configuration in AppGallery Connect that pushes name; the app’s usual one unless told.',
    max: 128,
    example: 'RCP4C123456',
  },
];

/** Huawei signs only where both are set, so one alone would protect nothing, or let nothing in. */
export function checkReceiptSettings({ callbackUser, callbackKey }: Readonly<Record<string, unknown>>): FieldError[] {
  if ((callbackUser === undefined) === (callbackKey === undefined)) return [];
  const [missing, given] =
    callbackKey === undefined ? ['callbackKey', 'callbackUser'] : ['callbackUser', 'callbackKey'];
  return [{ path: `settings.${missing}`, message: `is required together with ${given}` }];
}
