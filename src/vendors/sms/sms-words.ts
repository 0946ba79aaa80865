import type { Content, VendorTemplate } from '../../channels/channel-kind.js';
import type { Outcome, VendorSetting } from '../vendor.js';

/** What an SMS says, as vendors want it that send nothing but approved templates under approved signatures. */
export interface SmsWords {
  /** Without the brackets around it. */
  sign?: string;
  template: VendorTemplate;
  /** What the message brought along itself: when the vendor does not take it, that is no fault of the account. */
  own: Readonly<Record<WordsPart, boolean>>;
}

export type WordsPart = 'sign' | 'template';

export interface SmsSettings {
  signName?: string;
  textTemplate?: { id: string; param: string };
}

/** The settings that say what is sent of messages without a signature or a template of the vendor. */
export const SMS_SETTINGS: readonly VendorSetting[] = [
  {
    name: 'signName',
    type: 'string',
    description: 'Approved signature of messages that bring none, without the brackets around it.',
    max: 32,
    example: '华东医院',
  },
  {
    name: 'textTemplate',
    type: 'object',
    description:
      'How messages are sent that hold a text and no template of the vendor: `{ id, param }`, an approved template and its one ' +
      'variable, which the text is put into. Without it such messages are rejected as template-required.',
    check: textTemplateProblem,
    example: { id: 'SMS_123456789', param: 'text' },
  },
];

/** The words of a content: the vendor's template in it, or else its text within the account's template for texts. */
export function smsWords(
  { text, sign, vendorTemplate }: Content,
  { signName, textTemplate }: SmsSettings,
): SmsWords | { refused: Outcome } {
  const template =
    vendorTemplate ??
    (textTemplate === undefined || text === undefined
      ? undefined
      : { id: textTemplate.id, params: { [textTemplate.param]: text } });
  if (template === undefined) {
    const detail = 'The vendor sends approved templates only: name one in vendorTemplate, or set textTemplate.';
    return { refused: { status: 'rejected', code: 'template-required', detail } };
  }
  const used = sign || signName;
  return {
    template,
    ...(used ? { sign: used } : {}),
    own: { sign: Boolean(sign), template: vendorTemplate !== undefined },
  };
}

/** What is said of a message for which there is no signature at all. */
export const SIGN_REQUIRED: Outcome = {
  status: 'rejected',
  code: 'sign-required',
  detail: 'The vendor sends under an approved signature only: give the content a sign, or set signName.',
};

/** The same for the same words, whoever brought them along. */
export const wordsKey = ({ sign, template }: SmsWords): string =>
  JSON.stringify([sign, template.id, Object.entries(template.params)]);

function textTemplateProblem(value: unknown): string | undefined {
  const { id, param, ...others } = value as Record<string, unknown>;
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) return `must hold id and param only, not ${stranger}`;
  const filled = [id, param].every((text) => typeof text === 'string' && text !== '');
  return filled ? undefined : 'must hold the id of a template and the name of its param, both non-empty strings';
}
