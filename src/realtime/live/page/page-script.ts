/** What the page does. Plain script of a browser: it must hold neither a backtick nor a placeholder of templates. */
export const PAGE_SCRIPT = String.raw`
'use strict';
(function () {
  var WORDS = {
    en: {
      token: 'Live token', connect: 'Connect', unread: 'unread', readAll: 'Mark all read', leave: 'Leave', older: 'Show older',
      empty: 'Nothing here yet. What is sent to you appears by itself.', read: 'Mark read', open: 'Open', untitled: '(no title)',
      off: 'Not connected', wait: 'Connecting …', again: 'Connection lost, trying again …', on: 'Connected', ended: 'Disconnected',
      over: 'Tidings ended this connection: the token has expired, or there are too many connections.'
    },
    zh: {
      token: '令牌', connect: '连接', unread: '条未读', readAll: '全部已读', leave: '退出', older: '更早的消息',
      empty: '暂无消息，新消息会自动出现。', read: '标为已读', open: '打开', untitled: '（无标题）',
      off: '未连接', wait: '连接中…', again: '连接已断开，正在重连…', on: '已连接', ended: '已断开',
      over: '连接已被服务器关闭：令牌已过期，或连接数过多。'
    }
  };
  var chinese = /^zh/i.test(navigator.language || '');
  var words = chinese ? WORDS.zh : WORDS.en;
  var locale = chinese ? 'zh-CN' : navigator.language || 'en';
  var KEPT = 'tidings-live-token';
  var PAGE = 30;

  var socket = null;
  var token = '';
  var cursor;
  var newest = '';
  var nextCursor = null;
  var unread = 0;
  var items = new Map();

  function by(id) { return document.getElementById(id); }
  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function tell(id, text) {
    by(id).textContent = text || '';
    by(id).hidden = !text;
  }
  function state(kind, word) {
    by('state').dataset.state = kind;
    by('state').textContent = words[word];
  }
  function keep(text) {
    try {
      if (text) sessionStorage.setItem(KEPT, text);
      else sessionStorage.removeItem(KEPT);
    } catch (error) { /* A browser may forbid it; the token is then asked for again. */ }
  }
  function kept() {
    try { return sessionStorage.getItem(KEPT) || ''; } catch (error) { return ''; }
  }

  /* The server has made the HTML safe already; here only what is known is rebuilt, so that nothing depends on one of the two alone. */
  var TAGS = new Set(('H1 H2 H3 H4 H5 H6 P DIV SPAN BR HR BLOCKQUOTE PRE CODE B STRONG I EM U S DEL INS SUB SUP SMALL MARK ABBR ' +
    'UL OL LI DL DT DD A IMG FIGURE FIGCAPTION TABLE CAPTION COLGROUP COL THEAD TBODY TFOOT TR TH TD').split(' '));
  var ATTRIBUTES = ['title', 'lang', 'dir', 'alt', 'start', 'colspan', 'rowspan'];
  var STYLES = ['color', 'background-color', 'text-align', 'font-size', 'font-weight', 'font-style', 'text-decoration', 'width'];

  function address(text, schemes) {
    try {
      var url = new URL(text, location.href);
      return schemes.indexOf(url.protocol) < 0 ? '' : url.href;
    } catch (error) {
      return '';
    }
  }
  function leadTo(link, text) {
    var href = address(text, ['http:', 'https:', 'mailto:']);
    if (!href) return false;
    link.href = href;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return true;
  }
  function rebuild(from, into) {
    from.childNodes.forEach(function (node) {
      if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      if (!TAGS.has(node.tagName)) return rebuild(node, into);
      var copy = document.createElement(node.tagName);
      ATTRIBUTES.forEach(function (name) {
        if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name));
      });
      (node.getAttribute('data-style') || '').split(';').forEach(function (rule) {
        var name = rule.split(':')[0].trim().toLowerCase();
        if (STYLES.indexOf(name) >= 0) copy.style.setProperty(name, rule.slice(rule.indexOf(':') + 1).trim());
      });
      if (node.tagName === 'A') leadTo(copy, node.getAttribute('href') || '');
      if (node.tagName === 'IMG') copy.src = address(node.getAttribute('src') || '', ['https:', 'data:']);
      rebuild(node, copy);
      into.append(copy);
    });
  }
  function wordsOf(item) {
    if (item.html === null) return make('div', 'words plain', item.text || '');
    var box = make('div', 'words');
    /* The policy of the page holds for what is only parsed, too; styles are set one by one. */
    var html = item.html.replace(/<[a-z][^>]*>/gi, function (tag) { return tag.replace(/ style=/g, ' data-style='); });
    rebuild(new DOMParser().parseFromString(html, 'text/html').body, box);
    return box;
  }

  function timeOf(item) {
    var at = new Date(item.sentAt);
    var today = at.toDateString() === new Date().toDateString();
    return at.toLocaleString(locale, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
  }
  function cardOf(item) {
    var card = make('li', item.readAt === null ? 'unread' : '');
    card.append(make('h2', '', item.title || words.untitled));
    var about = make('p', 'about');
    var time = make('time', '', timeOf(item));
    time.dateTime = item.sentAt;
    time.title = new Date(item.sentAt).toLocaleString(locale);
    about.append(time);
    var sender = item.sender && (item.sender.name || item.sender.code);
    [sender, item.category].forEach(function (part) { if (part) about.append(' · ' + part); });
    card.append(about, wordsOf(item));
    var foot = make('div', 'foot');
    var link = make('a', '', words.open);
    if (item.url && leadTo(link, item.url)) foot.append(link);
    if (item.readAt === null) {
      var button = make('button', 'quiet', words.read);
      button.type = 'button';
      button.addEventListener('click', function () { markRead(item, button); });
      foot.append(button);
    }
    card.append(foot);
    return card;
  }
  function show() {
    var sorted = Array.from(items.values()).sort(function (one, other) {
      return one.item.sentAt < other.item.sentAt ? 1 : one.item.sentAt > other.item.sentAt ? -1 : 0;
    });
    sorted.forEach(function (entry, place) {
      var list = by('items');
      if (list.children[place] !== entry.card) list.insertBefore(entry.card, list.children[place] || null);
    });
    by('unread').textContent = unread.toLocaleString(locale);
    by('read-all').disabled = unread === 0;
    by('older').hidden = nextCursor === null;
    by('empty').hidden = items.size > 0;
    document.title = (unread > 0 ? '(' + unread + ') ' : '') + 'Tidings';
  }
  function put(item) {
    var known = items.get(item.id);
    var card = cardOf(item);
    if (known) known.card.replaceWith(card);
    items.set(item.id, { item: item, card: card });
    if (item.sentAt >= newest) {
      newest = item.sentAt;
      cursor = item.cursor;
    }
  }
  function setRead(entry) {
    if (entry.item.readAt !== null) return;
    put(Object.assign({}, entry.item, { readAt: new Date().toISOString() }));
  }

  function ask(name, request, done) {
    var asked = socket;
    if (asked === null) return;
    asked.timeout(15000).emit(name, request, function (late, answer) {
      if (asked !== socket) return;
      var failure = late ? words.again : answer && answer.error ? answer.error.message : '';
      tell('problem', failure);
      done(failure ? undefined : answer);
    });
  }
  function load(older) {
    var request = { limit: PAGE };
    if (older && nextCursor !== null) request.cursor = nextCursor;
    ask('list', request, function (answer) {
      if (!answer) return;
      answer.items.forEach(put);
      if (older || nextCursor === null) nextCursor = answer.nextCursor;
      unread = answer.unread;
      show();
    });
  }
  function markRead(item, button) {
    button.disabled = true;
    ask('read', { ids: [item.id] }, function (answer) {
      button.disabled = false;
      if (!answer) return;
      unread = Math.max(0, unread - answer.read);
      var entry = items.get(item.id);
      if (entry) setRead(entry);
      show();
    });
  }
  function markAll() {
    ask('read-all', {}, function (answer) {
      if (!answer) return;
      unread = 0;
      items.forEach(setRead);
      show();
    });
  }

  function connect() {
    tell('refusal');
    by('entry').hidden = true;
    by('inbox').hidden = false;
    state('wait', 'wait');
    socket = io({
      path: '/live/socket',
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: function (give) { give(cursor === undefined ? { token: token } : { token: token, cursor: cursor }); }
    });
    socket.on('ready', function (ready) {
      keep(token);
      by('person').textContent = ready.name || ready.recipient;
      if (cursor === undefined) cursor = ready.cursor;
      state('on', 'on');
      load(false);
    });
    socket.on('message', function (item, acknowledge) {
      if (!items.has(item.id) && item.readAt === null) unread += 1;
      if (!items.has(item.id)) put(item);
      show();
      acknowledge();
    });
    socket.on('push', function (push, acknowledge) {
      var now = new Date().toISOString();
      var item = Object.assign({}, push, { id: 'push ' + push.id, html: null, category: '', sender: null, sentAt: now, readAt: now });
      if (!items.has(item.id)) items.set(item.id, { item: item, card: cardOf(item) });
      show();
      acknowledge();
    });
    socket.on('disconnect', function (reason) {
      if (reason === 'io server disconnect') return leave(words.over);
      state('wait', 'again');
    });
    socket.on('connect_error', function (error) {
      var code = error.data && error.data.code;
      if (code === undefined) return state('wait', 'again');
      if (code !== 'database_unavailable' && code !== 'internal_error') return leave(error.message);
      state('wait', 'again');
      var waiting = socket;
      setTimeout(function () { if (waiting === socket && waiting !== null) waiting.connect(); }, 3000);
    });
  }
  function leave(why) {
    var left = socket;
    socket = null;
    if (left) left.disconnect();
    keep('');
    token = '';
    cursor = undefined;
    newest = '';
    nextCursor = null;
    unread = 0;
    items.clear();
    by('items').replaceChildren();
    by('person').textContent = '';
    by('inbox').hidden = true;
    by('entry').hidden = false;
    document.title = 'Tidings';
    tell('problem');
    tell('refusal', why);
    state(why ? 'bad' : 'off', why ? 'ended' : 'off');
  }

  document.documentElement.lang = chinese ? 'zh-CN' : 'en';
  document.querySelectorAll('[data-word]').forEach(function (element) { element.textContent = words[element.dataset.word]; });
  by('entry').addEventListener('submit', function (event) {
    event.preventDefault();
    token = by('token').value.trim();
    by('token').value = '';
    if (token) connect();
  });
  by('read-all').addEventListener('click', markAll);
  by('older').addEventListener('click', function () { load(true); });
  by('leave').addEventListener('click', function () { leave(''); });

  function begin() {
    var given = /^#token=(.+)$/.exec(location.hash);
    if (given) history.replaceState(null, '', location.pathname);
    token = given ? decodeURIComponent(given[1]) : kept();
    if (token && typeof io === 'function') connect();
    else state('off', 'off');
  }
  window.addEventListener('hashchange', function () {
    if (!/^#token=/.test(location.hash)) return;
    leave('');
    begin();
  });
  begin();
})();
`;
