import { InvalidRequest } from '../../../common/problem.js';
import { given, WireFields } from '../wire-fields.js';
import type { Said } from './said.js';

interface Article {
  kept: Record<string, unknown>;
  title: string | undefined;
  summary: string | undefined;
  content: string | undefined;
  url: string | undefined;
  /** Undefined where the cover is an address. */
  coverId: string | undefined;
}

/** ARTICLE: one article or several; the inbox shows the first, clients get all. */
export function readArticles(body: WireFields, now: Date): Said {
  const value = body.json('articles');
  const items: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const articles = items.map((item, index) => readArticle(item, `${body.at('articles')}[${index}]`, now));
  const [first] = articles;
  if (first === undefined) throw InvalidRequest.at(body.at('articles'), 'must hold an article');
  const at = `${body.at('articles')}[0]`;
  return {
    words: {
      title: first.title,
      text: first.summary ?? first.title ?? '[图文]',
      // The page behind the address is the article; its own content is for when there is none.
      html: first.url === undefined ? first.content : undefined,
      url: first.url,
    },
    body: given({
      at_all: body.flag('at_all'),
      articles: articles.map(({ kept }) => kept),
      '@target_url': body.text('@target_url'),
    }),
    mediaIds: articles.flatMap(({ coverId }) => coverId ?? []),
    places: {
      title: `${at}.title`,
      text: `${at}.${first.summary === undefined ? 'title' : 'summary'}`,
      html: `${at}.content`,
      url: `${at}.url`,
    },
  };
}

function readArticle(value: unknown, path: string, now: Date): Article {
  const article = WireFields.from(value, path);
  const said = {
    title: article.text('title'),
    summary: article.text('summary'),
    content: article.text('content'),
    url: article.code('url'),
  };
  if (Object.values(said).every((text) => text === undefined)) return article.missing('title');
  const cover = article.code('cover_url') ?? article.code('cover_media_id');
  const enabled = article.flag('cover_enabled') ?? article.flag('show_cover') ?? cover !== undefined;
  return {
    ...said,
    coverId: cover === undefined || /^https?:\/\//i.test(cover) ? undefined : cover,
    kept: given({
      ...said,
      author: article.text('author'),
      cover_url: cover,
      cover_enabled: enabled,
      create_time: article.count('create_time') ?? now.getTime(),
      display_mode: article.code('display_mode'),
    }),
  };
}
