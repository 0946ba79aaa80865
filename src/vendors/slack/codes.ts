import { type CodeTable, CREDENTIALS, type StatusTable, THROTTLED } from '../transport/judgement.js';

/** What Slack answers in plain text. An account is one channel, so that whatever is wrong with the channel is wrong with the account. */
export const CODES: CodeTable = {
  action_prohibited: CREDENTIALS, // an admin restricts it
  channel_is_archived: CREDENTIALS,
  channel_not_found: CREDENTIALS,
  invalid_blocks: 'rejected',
  invalid_blocks_format: 'rejected',
  invalid_payload: 'rejected',
  invalid_token: CREDENTIALS, // the last part of the address is wrong
  missing_text_or_fallback_or_attachments: 'rejected',
  msg_blocks_too_long: 'rejected',
  no_active_hooks: CREDENTIALS, // switched off
  no_service: CREDENTIALS, // removed, or never was
  no_service_id: CREDENTIALS,
  no_team: CREDENTIALS,
  no_text: 'rejected',
  posting_to_general_channel_denied: CREDENTIALS,
  rate_limited: THROTTLED,
  rollup_error: 'retry', // "strange and unusual"
  team_disabled: CREDENTIALS,
  too_many_attachments: 'rejected',
  user_not_found: 'rejected',
};

/** Statuses that mean more here than elsewhere, should none of these words come with them. */
export const STATUSES: StatusTable = {
  404: CREDENTIALS,
  410: CREDENTIALS,
};

/** Said of an empty post to a webhook that works. */
export const ALIVE: ReadonlySet<string> = new Set([
  'invalid_payload',
  'missing_text_or_fallback_or_attachments',
  'no_text',
]);
