import { ApiProperty } from '@nestjs/swagger';
import { CHANNEL_KINDS, type ChannelKind } from '../../channels/channel-kind.js';
import { UnresolvedDto } from './accepted-message.dto.js';
import { ContentDto } from './content.dto.js';

/** Deliveries that would be made on one channel through one vendor account. */
export class PreviewChannelDto {
  /**
   * The channel's code.
   * @example '1002'
   */
  channel: string;

  /**
   * The channel's kind.
   * @example 'inbox'
   */
  @ApiProperty({ enum: CHANNEL_KINDS })
  kind: ChannelKind;

  /**
   * Code of the vendor account that would be tried first; null when the channel would reach nobody.
   * @example 'inbox'
   */
  account: string | null;

  /**
   * Code of that account's vendor; null when the channel would reach nobody.
   * @example 'inbox'
   */
  vendor: string | null;

  /**
   * How many endpoints would get the message.
   * @example 2
   */
  @ApiProperty({ type: 'integer' })
  target: number;
}

/** People or addresses that a channel would not reach, and why. */
export class PreviewDroppedDto {
  /**
   * The channel's code.
   * @example '1001'
   */
  channel: string;

  /**
   * `excluded`: by the request. `recipient-disabled`: the person is switched off. `no-endpoint`: the person has no address on the
   * channel. `platform-filtered`: the person has devices, but none of a platform asked for. `quarantined`: every address is.
   * `no-route`: no enabled vendor account takes it. `invalid-address`, `unknown-recipient`: a raw address that cannot be one of the
   * channel's kind, or an inbox of nobody. Another word: why that address is in quarantine.
   * @example 'no-endpoint'
   */
  reason: string;

  /**
   * How many people, or for raw addresses, endpoint ids and aliases how many endpoints.
   * @example 3
   */
  @ApiProperty({ type: 'integer' })
  count: number;
}

/** The words of one channel, as the first person of the audience would get them. */
export class PreviewSampleDto {
  /**
   * The channel's code.
   * @example '1002'
   */
  channel: string;

  /**
   * The locale chosen of those the template has; null for content given with the request.
   * @example 'zh-CN'
   */
  locale: string | null;

  /** The words; null when they cannot be made for this person. */
  content: ContentDto | null;

  /**
   * Why there are no words, such as a variable that this person lacks; null when there are.
   * @example null
   */
  problem: string | null;
}

/** What one vendor account would have to do. Messages that already wait for it are not counted. */
export class PreviewAccountDto {
  /**
   * Code of the vendor account.
   * @example 'oppo-main'
   */
  account: string;

  /**
   * Code of its vendor.
   * @example 'oppo'
   */
  vendor: string;

  /**
   * Deliveries through it, over all channels.
   * @example 60000
   */
  @ApiProperty({ type: 'integer' })
  target: number;

  /**
   * Seconds they take at the account's `pace.perSecond`; absent when it has no such limit.
   * @example 120
   */
  @ApiProperty({ type: 'integer', required: false })
  seconds?: number;

  /**
   * How many of them are beyond what is left of today's `pace.perDay`; absent when all fit. They go to the next account of the
   * route, or wait for the next day.
   * @example 12000
   */
  @ApiProperty({ type: 'integer', required: false })
  shortBy?: number;

  /**
   * The account's trouble, as its `problem` names it; absent when it is fine.
   * @example 'unreachable'
   */
  problem?: string;
}

/** How long sending would take, and what stands in its way. */
export class PreviewForecastDto {
  /** One for each vendor account that would be tried first for somebody. */
  accounts: PreviewAccountDto[];

  /**
   * The same in words; empty when there is neither a limit nor a problem.
   * @example ['oppo-main needs 120 s', 'vivo-main is short by 12 000 today']
   */
  summary: string[];
}

/** What sending this would do. Nothing was stored or sent. */
export class PreviewDto {
  /**
   * People in the audience: named, switched on, not excluded. Raw addresses are counted in `channels` only.
   * @example 5
   */
  @ApiProperty({ type: 'integer' })
  recipients: number;

  /** Deliveries by channel and vendor account. */
  channels: PreviewChannelDto[];

  /** How long it would take, and what stands in its way. */
  forecast: PreviewForecastDto;

  /** Who would be left out, by channel and reason. */
  dropped: PreviewDroppedDto[];

  /** What of the audience names nobody. */
  unresolved: UnresolvedDto;

  /** What would be said, one per channel. */
  sample: PreviewSampleDto[];
}
