import { createHash } from 'node:crypto';
import { LIVE_PATH } from '../events.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only what is in the page itself runs, and it talks to this server only; the pictures of messages come from anywhere. */
export const LIVE_PAGE_POLICY = [
  "default-src 'none'",
  `script-src 'self' ${hashOf(PAGE_SCRIPT)}`,
  `style-src ${hashOf(PAGE_STYLE)}`,
  "connect-src 'self'",
  'img-src https: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const LIVE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Tidings</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
  <h1>Tidings</h1>
  <p id="person"></p>
  <p id="state" role="status" data-state="off"></p>
</header>
<main>
  <form id="entry">
    <label for="token" data-word="token"></label>
    <textarea id="token" rows="3" autocomplete="off" autocapitalize="off" spellcheck="false"></textarea>
    <button type="submit" data-word="connect"></button>
    <p id="refusal" role="alert" hidden></p>
  </form>
  <section id="inbox" hidden>
    <div id="bar">
      <p><strong id="unread">0</strong> <span data-word="unread"></span></p>
      <button type="button" id="read-all" data-word="readAll"></button>
      <button type="button" id="leave" class="quiet" data-word="leave"></button>
    </div>
    <p id="problem" role="alert" hidden></p>
    <p id="empty" data-word="empty" hidden></p>
    <ol id="items"></ol>
    <button type="button" id="older" data-word="older" hidden></button>
  </section>
</main>
<script src="${LIVE_PATH}/socket.io.min.js"></script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
