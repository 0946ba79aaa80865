import { describe, expect, it } from '@jest/globals';
import { textFromHtml } from './text-from-html.js';

describe('the text of an HTML mail', () => {
  it('keeps paragraphs, lines, lists and links, and drops the rest', () => {
    const html = `<html><head><title>T</title><style>p { color: red }</style></head><body>
      <h1>News</h1><p>Dear   Ada,<br>read <a href="https://example.com/a?b=1&amp;c=2">this</a>.</p>
      <script>alert(1)</script><ul><li>one</li><li>two &lt; three &amp; four</li></ul></body></html>`;
    expect(textFromHtml(html)).toBe(
      'News\n\nDear Ada,\nread this (https://example.com/a?b=1&c=2).\n\n- one\n- two < three & four',
    );
  });

  it('does not undo escapes twice', () => {
    expect(textFromHtml('<p>&amp;lt;b&amp;gt;</p>')).toBe('&lt;b&gt;');
  });

  it('takes text that is no HTML as it is', () => {
    expect(textFromHtml('1 < 2 and 3 > 2')).toBe('1 < 2 and 3 > 2');
  });
});
