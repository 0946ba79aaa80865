/** What a channel carries its messages over; an endpoint is an address on one kind. */
export const CHANNEL_KINDS = ['inbox', 'sms', 'email', 'push', 'im', 'chat', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** A template kept by the vendor itself (most Chinese SMS vendors demand one). */
export interface VendorTemplate {
  /** The vendor's own template id, opaque to Tidings. */
  id: string;
  /** Values for that template's variables. */
  params: Record<string, string>;
}

/**
 * What one channel says, already in its final words or still holding template text.
 * Every kind uses the same names; which are allowed and which required is in `content-schema.ts`.
 */
export interface Content {
  title?: string;
  /** Plain text. */
  text?: string;
  /** HTML; sanitised before an inbox shows it. */
  html?: string;
  /** Where a tap or click leads. */
  url?: string;
  /** SMS signature, shown by the operator as 【sign】. */
  sign?: string;
  vendorTemplate?: VendorTemplate;
  /** Extra data for the receiving application, passed on untouched. */
  ext?: Record<string, unknown>;
}
