import sanitizeHtml from 'sanitize-html';

/** Characters of one embedded image: about 100 KB of picture. */
const LONGEST_DATA_IMAGE = 140_000;
const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=]+$/i;

const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{1,40}\))$/i;
const LENGTH = /^\d{1,4}(?:\.\d{1,2})?(?:px|em|rem|pt|%)$/;
const ALIGN = /^(?:left|right|center|justify)$/;

const isAllowedImage = (source: string): boolean =>
  /^https:\/\//i.test(source) || (source.length <= LONGEST_DATA_IMAGE && DATA_IMAGE.test(source));

const ALLOWED_TAGS =
  `h1 h2 h3 h4 h5 h6 p div span br hr blockquote pre code b strong i em u s del ins sub sup small mark abbr
  ul ol li dl dt dd a img figure figcaption table caption colgroup col thead tbody tfoot tr th td`.split(/\s+/);

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ALLOWED_TAGS,
  allowedAttributes: {
    '*': ['style', 'title', 'lang', 'dir'],
    a: ['href', 'target', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start', 'type'],
    col: ['span'],
    colgroup: ['span'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['https', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  // Nothing that fetches (`url(…)`) or that lays itself over the page (`position`).
  allowedStyles: {
    '*': {
      color: [COLOUR],
      'background-color': [COLOUR],
      'text-align': [ALIGN],
      'font-size': [LENGTH],
      'font-weight': [/^(?:normal|bold|[1-9]00)$/],
      'font-style': [/^(?:normal|italic)$/],
      'text-decoration': [/^(?:none|underline|line-through)$/],
      width: [LENGTH],
    },
  },
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer' } }),
  },
  exclusiveFilter: (frame) => frame.tag === 'img' && !isAllowedImage(frame.attribs['src'] ?? ''),
  nestingLimit: 50,
};

/** HTML that an inbox may show: formatting, lists, tables, links and images; no script, form, frame or event handler. */
export const sanitiseInboxHtml = (html: string): string => sanitizeHtml(html, OPTIONS);
