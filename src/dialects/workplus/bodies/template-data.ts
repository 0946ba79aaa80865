import { InvalidRequest } from '../../../common/problem.js';
import { given, isObject, scalarText, WireFields } from '../wire-fields.js';

/** TEMPLATE: which one, with what in it. */
export interface TemplateOrder {
  templateId: string;
  /** Values by variable. */
  params: Record<string, string>;
  /** As clients get it. */
  body: Record<string, unknown>;
  topTitle: string | undefined;
  mediaIds: string[];
}

/** @throws InvalidRequest naming the first wrong field */
export function readTemplateOrder(body: WireFields): TemplateOrder {
  const templateId = body.requiredCode('template_id');
  const data = readData(body);
  const avatar = body.code('top_avatar');
  const topTitle = body.text('top_title');
  return {
    templateId,
    params: Object.fromEntries(data.map(({ key, value }) => [key, value])),
    body: given({
      template_id: templateId,
      top_color: body.code('top_color'),
      top_avatar: avatar,
      top_title: topTitle,
      data,
      emphasis_keyword: body.text('emphasis_keyword'),
    }),
    topTitle,
    mediaIds: avatar === undefined || /^https?:\/\//i.test(avatar) ? [] : [avatar],
  };
}

interface Datum extends Record<string, unknown> {
  key: string;
  value: string;
}

/** A list, as the sample has it, or an object by key; of a key that comes twice the last holds. */
function readData(body: WireFields): Datum[] {
  const path = body.at('data');
  const value = body.json('data') ?? [];
  const data = Array.isArray(value)
    ? value.map((item: unknown, index) => readDatum(WireFields.from(item, `${path}[${index}]`)))
    : readMap(value, path);
  return [...new Map(data.map((datum) => [datum.key, datum])).values()];
}

function readMap(value: unknown, path: string): Datum[] {
  if (!isObject(value)) throw InvalidRequest.at(path, 'must be an array or an object');
  return Object.entries(value).map(([key, item]) =>
    readDatum(WireFields.from(isObject(item) ? { ...item, key } : { key, value: item }, `${path}.${key}`)),
  );
}

function readDatum(item: WireFields): Datum {
  const value = item.raw('value');
  const style = item.code('text_style')?.toLowerCase();
  return {
    // `keyword1.DATA` is how a template's text calls it.
    key: item.requiredCode('key').replace(/\.DATA$/, ''),
    value: value === undefined ? '' : scalarText(value, item.at('value')),
    ...given({
      color: item.code('color'),
      font_size: item.code('font_size'),
      text_style: style === 'bold' ? 'bold' : 'normal',
    }),
  };
}
