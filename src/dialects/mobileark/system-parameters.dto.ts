import { ApiProperty } from '@nestjs/swagger';

/** What every call carries besides the parameters of its method. */
export abstract class SystemParametersDto {
  /** The caller's key: the `publicId` of a credential of kind `app-secret`. `appkey` is read as well. */
  @ApiProperty({ maxLength: 128, example: '00001' })
  appKey: string;

  /**
   * The signature: SHA-1, in hexadecimal digits, of the secret, then every other parameter as name and decoded value in order of the
   * names, then the secret again. `POST /thirdpartaccess/sign-helper` makes one. May be left out where the application's settings say so.
   */
  @ApiProperty({ required: false, example: '762C1F1B50B40F92F89B4A45C34E82CC4678FE2B' })
  sign?: string;

  /** `json`, the only format there is. */
  @ApiProperty({ required: false, default: 'json', example: 'json' })
  format?: string;

  /** Signed like every parameter, and otherwise not used. */
  @ApiProperty({ required: false, example: 'zh_CN' })
  locale?: string;
}
