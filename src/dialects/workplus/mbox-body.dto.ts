import { ApiPropertyOptional } from '@nestjs/swagger';

/** One article of 图文. */
export class WorkPlusArticleDto {
  /**
   * 文章标题.
   * @example '云南丽江'
   */
  title?: string;

  /** 文章摘要. */
  summary?: string;

  /** Who wrote it. */
  author?: string;

  /** 图文详情, as HTML; shown where there is no `url`. */
  content?: string;

  /** 图文详情 behind an address. */
  url?: string;

  /** 封面URL, or the id of an image that was uploaded. */
  cover_url?: string;

  /** The id of an image, where `cover_url` is not given. */
  cover_media_id?: string;

  /** 是否显示封面; left out: where there is a cover. */
  cover_enabled?: boolean;

  /** The earlier name of `cover_enabled`. */
  show_cover?: boolean;

  /** 创建时间, milliseconds; left out: now. */
  @ApiPropertyOptional({ type: 'integer' })
  create_time?: number;

  /** How clients open it, such as `FULL_SCREEN`. */
  display_mode?: string;
}

/** One value of a template. */
export class WorkPlusDatumDto {
  /**
   * The variable: `keyword1` fills `{{keyword1.DATA}}`.
   * @example 'keyword1'
   */
  key: string;

  /**
   * 变量值.
   * @example '339208499'
   */
  value?: string;

  /**
   * 颜色.
   * @example '#00ff00'
   */
  color?: string;

  /**
   * 字号大小.
   * @example '12'
   */
  font_size?: string;

  /** Left out: normal. */
  @ApiPropertyOptional({ enum: ['normal', 'bold'] })
  text_style?: string;
}

/** 推送消息体; which fields count depends on the type of the message. */
export class WorkPlusBodyDto {
  /** 是否AT所有人员: shown, and no audience. */
  at_all?: boolean;

  /**
   * TEXT: what is said. IMAGE: the image in base64, where there is no `media_id`. RICH_TEXT: JSON in a string.
   * @example '2'
   */
  content?: string;

  /** IMAGE, FILE, VIDEO: the id that the upload was answered with. */
  media_id?: string;

  /** Another name of `media_id`. */
  path?: string;

  /** FILE, VIDEO: 名称. */
  name?: string;

  /** IMAGE: 1 for an animated one. */
  @ApiPropertyOptional({ type: 'integer', enum: [0, 1] })
  is_gif?: number;

  /** 大小, bytes. */
  @ApiPropertyOptional({ type: 'integer' })
  size?: number;

  /** 图片宽度. */
  @ApiPropertyOptional({ type: 'integer' })
  width?: number;

  /** 图片高度. */
  @ApiPropertyOptional({ type: 'integer' })
  height?: number;

  /** VIDEO: how long it is. */
  @ApiPropertyOptional({ type: 'integer' })
  duration?: number;

  /** FILE: 文件状态, 0 for a usable one. */
  @ApiPropertyOptional({ type: 'integer' })
  file_status?: number;

  /** VIDEO: the id of an image shown before it plays. */
  cover_media_id?: string;

  /** ARTICLE: one or several. */
  @ApiPropertyOptional({ type: [WorkPlusArticleDto] })
  articles?: WorkPlusArticleDto[];

  /** TEMPLATE: 模板ID. */
  template_id?: string;

  /** TEMPLATE: 模板数据; an object by key does as well. */
  @ApiPropertyOptional({ type: [WorkPlusDatumDto] })
  data?: WorkPlusDatumDto[];

  /** TEMPLATE: 高亮属性, kept. */
  emphasis_keyword?: string;

  /** TEMPLATE: 顶部颜色. */
  top_color?: string;

  /** TEMPLATE: 顶部图标, an id or an address. */
  top_avatar?: string;

  /** TEMPLATE: 顶部标题. */
  top_title?: string;

  /** What a tap opens inside the application. */
  '@target_url'?: string;
}
