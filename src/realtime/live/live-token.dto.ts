import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';

const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;
const PLAIN_RULE = { message: '$property must not hold control characters or halves of surrogate pairs' };

const LONGEST_SECONDS = 30 * 86_400;
const USUAL_SECONDS = 3_600;

/** For whom and for how long a client may connect. */
export class CreateLiveTokenDto {
  /**
   * The device's own id, which it keeps as long as it is installed: pushes to this device then go over the connection. A device that
   * is not registered is registered; one that belongs to somebody else moves to this person. 1 to 128 characters.
   * @example 'd3b07384-d9a7-4c1e-8f3a-2f1b6c1f9a10'
   */
  @IsString()
  @Length(1, 128)
  @Matches(PLAIN, PLAIN_RULE)
  @IfGiven()
  device?: string;

  /**
   * Platform of the client, such as `ios`, `android` or `web`. At most 32 characters.
   * @example 'web'
   */
  @IsString()
  @MaxLength(32)
  @Matches(PLAIN, PLAIN_RULE)
  @IfGiven()
  platform?: string;

  /**
   * After so many seconds the token is refused, and connections made with it are closed; at most 30 days.
   * @example 3600
   */
  @IsInt()
  @Min(1)
  @Max(LONGEST_SECONDS)
  @IfGiven()
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LONGEST_SECONDS, default: USUAL_SECONDS })
  expiresInSeconds: number = USUAL_SECONDS;
}

/** What a client needs to connect. */
export class LiveTokenDto {
  /**
   * Given to Socket.IO as `auth: { token }`. Whoever has it reads this person's inbox until it expires.
   * @example 'tl1.WzEsMSwiNDIiLG51bGwsIndlYiIsMTc5NjA5MDQwMDAwMF0.mVb3o0rTn0x3uG6b1d2Vq8yqk4m1z8X6m0m8w2kqk0E'
   */
  token: string;

  /**
   * Until when it may be used.
   * @example '2026-12-01T09:00:00.000Z'
   */
  expiresAt: Date;

  /**
   * Path of the Socket.IO endpoint on this server.
   * @example '/live/socket'
   */
  url: string;
}
