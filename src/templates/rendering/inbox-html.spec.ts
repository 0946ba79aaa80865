import { describe, expect, it } from '@jest/globals';
import { sanitiseInboxHtml } from './inbox-html.js';

describe('sanitiseInboxHtml', () => {
  it.each([
    '<h1>Title</h1><p><b>bold</b> <em>em</em><br /></p>',
    '<ul><li>a</li></ul>',
    '<table><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    '<img src="https://a.example/x.png" alt="x" />',
    '<img src="data:image/png;base64,iVBORw0KGgo=" />',
    '<p style="color:#f00;text-align:center">a</p>',
    '1 &lt; 2 &amp; 3',
  ])('keeps %s', (html) => expect(sanitiseInboxHtml(html)).toBe(html));

  it.each(['https://a.example', 'http://a.example', 'mailto:a@example.org'])(
    'keeps the link %s, without an opener',
    (href) =>
      expect(sanitiseInboxHtml(`<a href="${href}" target="_top" rel="opener">x</a>`)).toBe(
        `<a href="${href}" target="_blank" rel="noopener noreferrer">x</a>`,
      ),
  );

  it.each([
    ['<script>alert(1)</script>a', 'a'],
    ['<style>p{}</style>a', 'a'],
    ['<iframe src="https://a.example"></iframe>a', 'a'],
    ['<form action="/x"><input name="a"></form>', ''],
    ['<p onclick="x()" class="c" id="i">a</p>', '<p>a</p>'],
    ['<svg onload="x()"><circle/></svg>', ''],
    ['<img src=x onerror="x()">', ''],
    ['<img src="http://a.example/x.png">', ''],
    ['<img src="//a.example/x.png">', ''],
    ['<img src="data:image/svg+xml;base64,PHN2Zz4=">', ''],
    [`<img src="data:image/png;base64,${'A'.repeat(200_000)}">`, ''],
    ['<p style="position:fixed;background:url(https://a.example);color:expression(x)">a</p>', '<p>a</p>'],
    ['<!-- c -->a', 'a'],
    ['<math><mtext><style><img src=x onerror=x()></style></mtext></math>', ''],
  ])('cleans %s', (html, clean) => expect(sanitiseInboxHtml(html)).toBe(clean));

  it.each([
    'javascript:x',
    'JAVASCRIPT:x',
    'java&#10;script:x',
    ' javascript:x',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
  ])('drops the link %s', (href) =>
    expect(sanitiseInboxHtml(`<a href="${href}">x</a>`)).toBe('<a target="_blank" rel="noopener noreferrer">x</a>'),
  );
});
