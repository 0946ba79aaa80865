import type { ChannelKind, Content, VendorTemplate } from '../../channels/channel-kind.js';
import { InvalidRequest } from '../../common/problem.js';
import { fillPlaceholders } from './placeholders.js';
import type { WireObject } from './wire-object.js';

/** A channel of the organisation, as far as a push needs to know it. */
export interface MediwayChannel {
  code: string;
  kind: ChannelKind;
  /** SMS whose vendor sends by its own templates only: templateData with a templateId is then required. */
  vendorTemplateOnly?: boolean;
}

/** Content by the channel's kind; the code says nothing, nor does the shape of the content. */
const BY_KIND: Readonly<Record<ChannelKind, (wire: WireObject, channel: MediwayChannel) => Content>> = {
  sms: smsContent,
  inbox: (wire) => ({ title: wire.text('title'), html: wire.requiredText('content'), url: wire.code('website') }),
  email: (wire) => ({ title: wire.text('title'), html: wire.requiredText('content') }),
  // Kinds the document does not know are written as its in-site message is, in plain text.
  push: plainContent,
  im: plainContent,
  chat: plainContent,
  webhook: plainContent,
};

/** One entry of channelData as the content of `channel`; fields without a value are left out. */
export function readChannelContent(wire: WireObject, channel: MediwayChannel): Content {
  const content = BY_KIND[channel.kind](wire, channel);
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

function plainContent(wire: WireObject): Content {
  return { title: wire.text('title'), text: wire.requiredText('content'), url: wire.code('website') };
}

function smsContent(wire: WireObject, channel: MediwayChannel): Content {
  const template = wire.object('templateData');
  const params = template?.object('paramData')?.scalars() ?? {};
  const vendorTemplate = readVendorTemplate(template, params);
  if (channel.vendorTemplateOnly && !vendorTemplate) {
    throw InvalidRequest.at(wire.at('templateData.templateId'), 'is required by the vendor of this channel');
  }
  const text = wire.text('content');
  if (text === undefined && !vendorTemplate) {
    throw InvalidRequest.at(wire.at('content'), 'is required where templateData names no template');
  }
  return {
    text: text === undefined ? undefined : fillPlaceholders(text, params, wire.at('templateData.paramData')),
    sign: wire.code('sign'),
    vendorTemplate,
  };
}

function readVendorTemplate(wire: WireObject | undefined, params: Record<string, string>): VendorTemplate | undefined {
  const id = wire?.code('templateId');
  return id === undefined ? undefined : { id, params };
}
