import { Injectable } from '@nestjs/common';
import type { GatewayCall, GatewayResult } from './gateway-call.js';
import { ImPushMethod } from './im-push.js';
import { IM_PUSH, type MobilearkMethod, SMS_PUSH, SYSTEM_PUSH } from './method-table.js';
import { SmsPushMethod } from './sms-push.js';
import { SystemPushMethod } from './system-push.js';

/** What each method does. */
@Injectable()
export class MobilearkMethods {
  private readonly byName: Readonly<Record<MobilearkMethod, { call: (call: GatewayCall) => Promise<GatewayResult> }>>;

  constructor(imPush: ImPushMethod, systemPush: SystemPushMethod, smsPush: SmsPushMethod) {
    this.byName = { [IM_PUSH]: imPush, [SYSTEM_PUSH]: systemPush, [SMS_PUSH]: smsPush };
  }

  call(call: GatewayCall): Promise<GatewayResult> {
    return this.byName[call.method].call(call);
  }
}
