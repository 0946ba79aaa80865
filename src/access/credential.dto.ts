import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsRFC3339,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { type Credential, CREDENTIAL_KINDS, type CredentialKind } from './credential.entity.js';
import { IfGiven } from '../common/if-given.js';
import { type Scope, SCOPES } from './principal.js';

const NOT_A_TIME = { message: 'must be a time with its offset, such as 2027-01-01T00:00:00+08:00' };

/** A new credential; which fields it takes depends on `kind`. */
export class CreateCredentialDto {
  /**
   * `api-key`: for this API; `scopes` required, the secret is made. `app-id`: a public id that identifies without a secret; `publicId`
   * required. `app-secret`: signs requests; `publicId` (the app key) required, `secret` given or made. `client-secret`: exchanged for a token;
   * `publicId` (the client id) required, `secret` given or made. `access-token`: sent as it is; the secret is made.
   * @example 'api-key'
   */
  @IsIn(CREDENTIAL_KINDS)
  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind: CredentialKind;

  /**
   * For people, to tell credentials apart; 1 to 200 characters.
   * @example 'nightly job'
   */
  @Length(1, 200)
  @IsString()
  @IfGiven()
  name?: string;

  /**
   * What an `api-key` may do; at least one, none twice.
   * @example ["send", "read"]
   */
  @IsIn(SCOPES, { each: true })
  @ArrayUnique()
  @ArrayNotEmpty()
  @IsArray()
  @IfGiven()
  @ApiPropertyOptional({ enum: SCOPES, isArray: true })
  scopes?: Scope[];

  /**
   * The public half, as the caller sends it; unique for its kind in the installation. 1 to 128 characters without blanks.
   * @example '00001'
   */
  @Matches(/^\S+$/, { message: 'must not hold blanks' })
  @Length(1, 128)
  @IsString()
  @IfGiven()
  publicId?: string;

  /**
   * A secret the callers hold already, for `app-secret` and `client-secret`; left out, one is made, which is better. 3 to 256
   * characters: some callers cannot change what they have.
   * @example 'a-secret-the-callers-hold-already'
   */
  @Length(3, 256)
  @IsString()
  @IfGiven()
  secret?: string;

  /**
   * When it stops working: a time with its offset, in the future. Left out: never.
   * @example '2027-01-01T00:00:00+08:00'
   */
  @IsRFC3339(NOT_A_TIME)
  @IsISO8601({ strict: true }, NOT_A_TIME)
  @IfGiven()
  expiresAt?: string;
}

/** What an application proves itself with; never shows the secret. */
export class CredentialDto {
  /**
   * Given by Tidings.
   * @example '7'
   */
  id: string;

  /**
   * How it is used.
   * @example 'api-key'
   */
  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind: CredentialKind;

  /**
   * For people.
   * @example 'nightly job'
   */
  name: string | null;

  /**
   * The public half, or null where there is none. Null too once revoked, when it may be given out again; a credential without a name then
   * keeps it as its name.
   * @example '00001'
   */
  publicId: string | null;

  /**
   * What an `api-key` may do; empty for other kinds, which stand for what their dialect can do.
   * @example ["send", "read"]
   */
  scopes: string[];

  /**
   * When it was made.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When it stops working; null: never.
   * @example '2026-12-31T16:00:00.000Z'
   */
  expiresAt: Date | null;

  /**
   * When it was revoked; null while it is not.
   * @example null
   */
  revokedAt: Date | null;
}

/** A credential just made: the only answer that ever shows its secret. */
export class CreatedCredentialDto extends CredentialDto {
  /**
   * Shown only now; null for `app-id`, which has none.
   * @example 'tdk_C0ldIqVnTqJk8hPz1rYw5bXe3uG7sMfA9tKiLoQvDcE'
   */
  secret: string | null;
}

/** One page of credentials. */
export class CredentialPageDto {
  /** By id, ascending; revoked ones too. */
  items: CredentialDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}

export function toCredentialDto(credential: Credential): CredentialDto {
  const { id, kind, name, publicId, scopes, createdAt, expiresAt, revokedAt } = credential;
  return { id: String(id), kind, name, publicId, scopes, createdAt, expiresAt, revokedAt };
}
