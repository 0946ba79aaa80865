import { ApiProperty } from '@nestjs/swagger';

/** The signature of a request. */
export class SignatureDto {
  /** What to send as `sign`. */
  @ApiProperty({ example: '762C1F1B50B40F92F89B4A45C34E82CC4678FE2B' })
  sign: string;

  /** What is signed, without the secret that stands before and after it. */
  @ApiProperty({ example: 'appKey00001formatjsonmethodmobileark.syspushv1.3' })
  base: string;
}
