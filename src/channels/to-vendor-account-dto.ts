import type { VendorAccountDto } from './vendor-account.dto.js';
import type { VendorAccountView } from './vendor-account.service.js';

/** Field by field, so that nothing sealed ever slips into an answer. */
export function toVendorAccountDto({ account, secrets, receiptUrl }: VendorAccountView): VendorAccountDto {
  return {
    id: String(account.id),
    code: account.code,
    name: account.name,
    vendor: account.vendor,
    environment: account.environment,
    serves: account.serves,
    enabled: account.enabled,
    settings: account.settings,
    secrets,
    receiptUrl,
    pace: account.pace,
    problem: account.problem,
    problemDetail: account.problemDetail,
    pausedUntil: account.pausedUntil,
    createdAt: account.createdAt,
    updatedAt: account.updatedAt,
  };
}
