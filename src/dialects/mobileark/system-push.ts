import { Injectable } from '@nestjs/common';
import type { Audience } from '../../messages/message-request.js';
import type { GatewayCall, GatewayResult } from './gateway-call.js';
import { MessageSender } from './message-sender.js';
import { FoldedDirectory } from '../../recipients/folded-directory.js';
import { readSystemPush, type SystemPush } from './read-system-push.js';
import { toSysPushReply } from './to-response.js';

/** `mobileark.syspush`: the system tells something to people, departments or, as type 16, to everybody. */
@Injectable()
export class SystemPushMethod {
  constructor(
    private readonly directory: FoldedDirectory,
    private readonly sender: MessageSender,
  ) {}

  /** @throws MobilearkError 1032, 1033, 1009 */
  async call(call: GatewayCall): Promise<GatewayResult> {
    const push = readSystemPush(call.parameters, call.version);
    const { organisationId } = call.caller;
    await this.sender.checkOrganisation(call, push.ecid);
    await this.sender.checkChannel(call, call.settings.channels.system, 'inbox');
    if (push.loginIds.length + push.depUuids.length === 0) {
      // Reading has made sure that the type asks for it.
      return { reply: toSysPushReply(true, [], []), messageId: await this.send(call, push, { all: true }) };
    }
    const people = await this.directory.people(organisationId, push.loginIds);
    const known = await this.directory.departments(organisationId, push.depUuids);
    const users = [...new Set(push.loginIds.map((id) => people.get(id)).filter((code) => code !== undefined))];
    const departments = push.depUuids.filter((code) => known.has(code));
    const failloginid = push.loginIds.filter((id) => !people.has(id));
    const faildepid = push.depUuids.filter((code) => !known.has(code));
    if (users.length + departments.length === 0) return { reply: toSysPushReply(false, failloginid, faildepid) };
    const messageId = await this.send(call, push, { users, departments });
    return { reply: toSysPushReply(true, failloginid, faildepid), messageId };
  }

  private send(call: GatewayCall, push: SystemPush, audience: Audience): Promise<string> {
    const { title, content, category, latestOnly, type, param, ext } = push;
    return this.sender.send(call, {
      channel: call.settings.channels.system,
      audience: { ...audience, ...(latestOnly === true ? { devices: { latestOnly } } : {}) },
      category,
      content: { title, text: content, ...(ext === undefined ? {} : { ext }) },
      details: { type, ...(param === undefined ? {} : { param }) },
    });
  }
}
