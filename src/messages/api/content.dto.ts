import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A template that the vendor itself keeps, as most SMS vendors demand. */
export class VendorTemplateDto {
  /**
   * The vendor's own id of the template.
   * @example 'SMS_123456'
   */
  id: string;

  /**
   * Values of that template's variables; strings.
   * @example { "code": "4711" }
   */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params: Record<string, string>;
}

/**
 * What is said on one channel. Which fields there are depends on the channel's kind:
 * inbox, im, chat, webhook: `title`, `text` or `html`, `url`, `ext`; sms: `text` or `vendorTemplate`, `sign`;
 * email: `title` (the subject), `text` or `html`; push: `title`, `text`, `url`, `ext`.
 */
export class ContentDto {
  /**
   * Headline or subject; at most 200 characters, 300 for an e-mail.
   * @example 'Your results are ready'
   */
  title?: string;

  /**
   * Plain text; at most 2000 characters for an SMS, 4000 for a push, 16 KiB for the inbox, 256 KiB for an e-mail.
   * @example 'Please come to the outpatient clinic.'
   */
  text?: string;

  /**
   * HTML; at most 64 KiB, 1 MiB for an e-mail.
   * @example '<p>Please come to the <b>outpatient clinic</b>.</p>'
   */
  html?: string;

  /**
   * Where a tap or click leads; at most 2048 characters.
   * @example 'https://example.com/results/42'
   */
  url?: string;

  /**
   * SMS signature, without its brackets; at most 32 characters.
   * @example 'City Hospital'
   */
  sign?: string;

  /** A template kept by the vendor, instead of `text` (sms). */
  vendorTemplate?: VendorTemplateDto;

  /**
   * Extra data for the receiving application, passed on untouched; at most 64 KiB as JSON.
   * @example { "resultId": 42 }
   */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  ext?: Record<string, unknown>;
}
