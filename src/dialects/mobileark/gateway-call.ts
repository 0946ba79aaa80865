import type { Caller } from '../../access/principal.js';
import type { MobilearkMethod } from './method-table.js';
import type { MobilearkSettings } from './mobileark-settings.js';
import type { Parameters } from './parameters.js';
import type { ImPushReply, SmsPushReply, SysPushReply } from './to-response.js';

/** A request that passed the gateway: who calls is known, and that they may. */
export interface GatewayCall {
  caller: Caller & { applicationId: number };
  appKey: string;
  settings: MobilearkSettings;
  method: MobilearkMethod;
  version: string;
  parameters: Parameters;
}

/** What a method answers; without a message when nobody was there to get one. */
export interface GatewayResult {
  reply: ImPushReply | SysPushReply | SmsPushReply;
  messageId?: string;
}
