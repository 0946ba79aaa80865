import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import type { ChannelKind } from '../channels/channel-kind.js';
import { Channel } from '../channels/channel.entity.js';
import { InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { Recipient } from '../recipients/recipient.entity.js';
import { type Preview, previewVersion } from './preview-version.js';
import { readTemplate } from './template-rows.js';
import { TemplateVersion } from './template-version.entity.js';
import { TestSender } from './test-sender.js';

export interface PreviewRequest {
  /** Absent: the published one, else the draft. */
  version?: number;
  kind?: ChannelKind;
  locale?: string;
  params: Record<string, unknown>;
  /** Code of the person to render for. */
  recipient?: string;
}

export interface TestSendRequest {
  version?: number;
  params: Record<string, unknown>;
  /** Channel code. */
  channel: string;
  to: { recipient: string } | { address: string };
}

const ORGANISATION_LOCALE = 'SELECT locale FROM organisation WHERE id = $1';

/** Lets an author see a version before, or as, people get it. */
@Injectable()
export class TemplateTrial {
  constructor(
    private readonly tenants: Tenants,
    private readonly sender: TestSender,
  ) {}

  /** @throws NotFound, InvalidRequest naming every missing variable */
  async preview(
    organisationId: number,
    key: string,
    request: PreviewRequest,
  ): Promise<{ version: number; contents: Preview }> {
    const scope = this.tenants.of(organisationId);
    const { version } = await versionOf(scope, key, request.version);
    return { version: version.version, contents: await render(scope, version, request) };
  }

  /** Sends for real, once the same request would render. @throws NotFound, InvalidRequest */
  async send(
    caller: Caller,
    key: string,
    { version: wanted, params, channel, to }: TestSendRequest,
  ): Promise<{ version: number; messageId: string }> {
    const scope = this.tenants.of(caller.organisationId);
    const { code, version } = await versionOf(scope, key, wanted);
    const found = await scope.findOne(Channel, { code: channel });
    if (found === null) throw InvalidRequest.at('channel', `there is no channel ${channel}`);
    if (version.contents[found.kind] === undefined) {
      throw InvalidRequest.at('channel', `version ${version.version} has no content for ${found.kind}`);
    }
    const recipient = 'recipient' in to ? to.recipient : undefined;
    await render(scope, version, { kind: found.kind, params, recipient }, 'to.recipient');
    const test = { templateCode: code, version: version.version, params, channel, ...to };
    const { messageId } = await this.sender.send(caller, test);
    return { version: version.version, messageId };
  }
}

async function versionOf(
  scope: TenantScope,
  key: string,
  wanted: number | undefined,
): Promise<{ code: string; version: TemplateVersion }> {
  const { id, code, publishedVersion, draftVersion } = await readTemplate(scope, key);
  const version = wanted ?? publishedVersion ?? draftVersion;
  if (version === null) {
    throw InvalidRequest.at('version', 'is needed, as no version is published and none is a draft');
  }
  const found = await scope.findOne(TemplateVersion, { templateId: id, version });
  if (found === null) throw InvalidRequest.at('version', `the template ${code} has no version ${version}`);
  return { code, version: found };
}

async function render(
  scope: TenantScope,
  version: TemplateVersion,
  { recipient: code, ...request }: PreviewRequest,
  recipientPath = 'recipient',
): Promise<Preview> {
  const recipient = code === undefined ? null : await scope.findOne(Recipient, { code });
  if (code !== undefined && recipient === null) throw InvalidRequest.at(recipientPath, `there is no recipient ${code}`);
  const [organisation] = await scope.query<{ locale: string }>(ORGANISATION_LOCALE);
  const fallbackLocale = organisation?.locale ?? '';
  return previewVersion(version, { ...request, fallbackLocale, recipient: recipient ?? undefined });
}
