import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../../common/problem.js';
import { MissingVariables } from './missing-variables.js';
import { compileTemplate } from './template-text.js';

const render = (text: string, params: Record<string, unknown> = {}, escape: 'none' | 'html' | 'url' = 'none'): string =>
  compileTemplate(text).render(params, { escape });

function problemOf(work: () => unknown): InvalidRequest {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidRequest) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('variables in a text', () => {
  it.each([
    '${name}',
    '${ name }',
    '${name.DATA}',
    '{{name}}',
    '{{ name }}',
    '{{name.DATA}}',
    '{{ name.DATA | append: "" }}',
  ])('reads %s as the variable name', (text) => expect(render(`Dear ${text}!`, { name: 'Li' })).toBe('Dear Li!'));

  it('follows dotted paths and names in any script', () => {
    expect(render('{{order.item.id}} ${order.item.id} ${姓名}', { order: { item: { id: 7 } }, 姓名: '李' })).toBe(
      '7 7 李',
    );
  });

  it.each(['It costs $5.', '100%', '{ }', '{"a":{"b":1}}', '} }} %}', 'a $ {b}', ''])('leaves %j untouched', (text) =>
    expect(render(text)).toBe(text),
  );

  it('prints every kind of single value, also false, 0 and the empty text', () => {
    const params = { a: 0, b: false, c: '', d: new Date(0), e: 12n };
    expect(render('{{a}},{{b}},{{c}},{{d}},{{e}}', params)).toBe('0,false,,1970-01-01T00:00:00.000Z,12');
    expect(render('{{a}},{{b}},{{c}},{{d}},{{e}}{% comment %}{% endcomment %}', params)).toBe(
      '0,false,,1970-01-01T00:00:00.000Z,12',
    );
  });

  it('trims where the author says so', () => expect(render('a {{- x -}} b', { x: 1 })).toBe('a1b'));

  it('refuses a list or an object where a single value is needed', () => {
    expect(problemOf(() => render('{{a}}', { a: {} }))).toMatchObject({ status: 400, code: 'invalid_variable' });
    expect(problemOf(() => render('{{a | compact}}', { a: [1] }))).toMatchObject({ code: 'invalid_variable' });
  });
});

describe('filters and tags', () => {
  it('offers filters, conditions and loops', () => {
    const text = '{% for item in items %}{% if item.n > 1 %}{{ item.name | upcase }}${sep}{% endif %}{% endfor %}';
    const items = [
      { n: 1, name: 'a' },
      { n: 2, name: 'b' },
      { n: 3, name: 'c' },
    ];
    expect(render(text, { items, sep: ';' })).toBe('B;C;');
    expect(render('{{ nick | default: name }}', { name: 'Li' })).toBe('Li');
    expect(render('{% if vip.DATA %}V{% else %}-{% endif %}', { vip: true })).toBe('V');
    expect(render('{{ a  | upcase }}{{a|upcase}} {{ a == b }}', { a: 'x', b: 'x' })).toBe('XX true');
    expect(render('{{ a and b }} {{ not a }}', { a: true, b: true })).toBe('true false');
    expect(render('{% if absent %}V{% else %}-{% endif %}')).toBe('-');
    expect(render('{{ items.size }} {{ items[1].name }} {{ items | map: "name" | join: "+" }}', { items })).toBe(
      '3 b a+b+c',
    );
  });

  it('shows a date in its own offset', () => {
    expect(render('{{ at | date: "%Y-%m-%d %H:%M" }}', { at: '2026-12-01T08:00:00+08:00' })).toBe('2026-12-01 08:00');
  });

  it('keeps what stands in raw', () => {
    expect(render('{% raw %}${x} {{x}} {{x.DATA}}{% endraw %}${x}', { x: 1 })).toBe('${x} {{x}} {{x.DATA}}1');
  });

  it.each([
    'include',
    'render',
    'layout',
    'block',
    'capture',
    'liquid',
    'echo',
    'increment',
    'constructor',
    '__proto__',
  ])('has no tag %s', (tag) =>
    expect(problemOf(() => compileTemplate(`{% ${tag} "/etc/passwd" %}`)).code).toBe('template_syntax'),
  );

  it.each(['raw', 'where_exp', 'escape', 'url_decode', 'json', 'constructor', 'valueOf'])(
    'has no filter %s',
    (filter) => expect(problemOf(() => compileTemplate(`{{ a | ${filter} }}`)).code).toBe('template_syntax'),
  );
});

describe('a wrong text', () => {
  it.each([
    ['ok\nDear {{ name', 'line 2, column 6'],
    ['ok\n{{ a | }b }}', 'line 2'],
    ['ok\n  {% if a %}', 'line 2, column 3'],
    ['x {{ first name }}', 'line 1, column 3'],
    ['{{ a - b }}', 'line 1, column 1'],
    ['{{ a, b }}', 'line 1, column 1'],
    ['{{ a  b | upcase }}', 'line 1, column 1'],
    ['{{ }}', 'line 1'],
    ['ok\nDear ${first name}', 'line 2, column 6'],
    ['${', 'line 1, column 1'],
    ['${a', 'line 1, column 1'],
    ['{{ true }}', 'line 1, column 1'],
    ['{{ a.DATA }} {{ a | nothing }}', 'line 1, column 14'],
  ])('%j is refused with its position', (text, position) => {
    const problem = problemOf(() => compileTemplate(text, 'content.text'));
    expect(problem).toMatchObject({ status: 400, code: 'template_syntax' });
    expect(problem.errors).toHaveLength(1);
    expect(problem.errors[0]?.path).toBe('content.text');
    expect(problem.errors[0]?.message).toContain(position);
  });
});

describe('missing variables', () => {
  it('are all named at once, null included', () => {
    const problem = problemOf(() => render('{{a}} {{b.c}} {{d}} {{e}} {{a}}', { b: {}, d: null, e: 1 }));
    expect(problem).toBeInstanceOf(MissingVariables);
    expect(problem).toMatchObject({ status: 400, code: 'missing_variable' });
    expect(problem.errors.map(({ path }) => path)).toEqual(['params.a', 'params.b.c', 'params.d']);
  });

  it('are named too where the text has filters and blocks', () => {
    const text = '{{ a.b | upcase }} {{ c }} {% if x %}{{ d }}{% endif %}{% assign q = 1 %}{{ q }} {{ e }} {{ f }}';
    expect(problemOf(() => render(text, { e: null, f: 1 })).errors.map(({ path }) => path)).toEqual([
      'params.a.b',
      'params.c',
      'params.e',
    ]);
  });
});

describe('hostile texts and values', () => {
  const values = ['{{secret}}', '${secret}', '{% if secret %}x{% endif %}', '$&', "$'", '__proto__'];

  it.each(values)('never reads the value %s as template text', (value) => {
    expect(render('a {{x}} b', { x: value, secret: 's3' })).toBe(`a ${value} b`);
    expect(render('a {{ x | append: "" }} ${x}', { x: value, secret: 's3' })).toBe(`a ${value} ${value}`);
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'a.constructor',
    'a.__proto__',
    'a.constructor.name',
    's.constructor',
    'hasOwnProperty.call',
  ])('{{%s}} reaches no prototype', (name) => {
    const params = { a: {}, s: 'text' };
    for (const text of [`{{${name}}}`, `\${${name}}`, `{{ ${name} | upcase }}`]) {
      expect(problemOf(() => render(text, params))).toMatchObject({ code: 'missing_variable' });
    }
  });

  it('reads own keys only, even one called __proto__', () => {
    const params = JSON.parse('{"__proto__": {"polluted": "own"}}') as Record<string, unknown>;
    expect(render('{{__proto__.polluted}}', params)).toBe('own');
    expect(render('{{ __proto__.polluted | upcase }}', params)).toBe('OWN');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses a nested ${${x}} and cannot be joined into another construct', () => {
    expect(problemOf(() => compileTemplate('${${x}}')).code).toBe('template_syntax');
    expect(render('{${x}}', { x: '{y}', y: 'no' })).toBe('{{y}}');
    expect(render('{${x}} {% if true %}{${x}}{% endif %}', { x: '% raw %', y: 'no' })).toBe('{% raw %} {% raw %}');
  });

  it('calls no function that a value brings along', () => {
    const params = { f: () => 'called', o: { toString: () => 'called', valueOf: () => 'called' } };
    expect(problemOf(() => render('{{f}}', params)).code).toBe('invalid_variable');
    expect(problemOf(() => render('{{ f | upcase }}', params)).code).toBe('missing_variable');
    expect(problemOf(() => render('{{o}}', params)).code).toBe('invalid_variable');
  });

  it('does not reach a variable by a computed name', () => {
    expect(problemOf(() => render('{{ [x] }}', { x: 'secret', secret: 's3' })).code).toBe('missing_variable');
  });
});

describe('escaping', () => {
  const script = `<script>alert("1" & '2')</script>`;
  const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';

  it.each([
    '<b>{{x}}</b>',
    '<b>{{ x | append: "" }}</b>',
    '<b>{% assign y = x %}{{ y }}</b>',
    '<b>{% if x %}${x}{% endif %}</b>',
  ])('in HTML escapes values, not the text: %s', (text) =>
    expect(render(text, { x: script }, 'html')).toBe(`<b>${escaped}</b>`),
  );

  it('encodes values inside a link', () => {
    expect(render('https://a.example/{{p}}?q={{q}}', { p: '../x', q: 'a&b=c d' }, 'url')).toBe(
      'https://a.example/..%2Fx?q=a%26b%3Dc%20d',
    );
    expect(render('{{scheme}}alert(1)', { scheme: 'javascript:' }, 'url')).toBe('javascript%3Aalert(1)');
    expect(render('/x?q={{q}}', { q: '\ud800' }, 'url')).toBe('/x?q=%EF%BF%BD');
  });

  it.each(['https://a.example/x?y=1#z', 'http://a', '/orders/7', 'orders/7?x=a:b', '?a=1', '#top'])(
    'takes the link %s as a whole',
    (link) => {
      expect(render('{{link}}', { link }, 'url')).toBe(link);
      expect(render('{{ other | default: link }}', { link }, 'url')).toBe(link);
    },
  );

  it.each([
    'javascript:alert(1)',
    'JaVaScript:x',
    'java\nscript:x',
    ' javascript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil',
    'http:',
    'https://[',
  ])('refuses the whole link %j', (link) => {
    const problem = problemOf(() => render('${link}', { link }, 'url'));
    expect(problem).toMatchObject({ code: 'invalid_variable', errors: [{ path: 'params.link' }] });
    expect(problemOf(() => render('{{ link | append: "" }}', { link }, 'url')).code).toBe('invalid_variable');
  });
});

const deep = (times: number): string => '{% if a %}'.repeat(times) + 'x' + '{% endif %}'.repeat(times);

describe('limits', () => {
  it('refuses a text above 64 KiB', () => {
    expect(compileTemplate('a'.repeat(65_536)).variables).toEqual([]);
    expect(problemOf(() => compileTemplate('é'.repeat(40_000))).code).toBe('text_too_long');
  });

  it('refuses output above 256 KiB', () => {
    const params = { x: 'x'.repeat(1000), big: 'y'.repeat(300_000) };
    expect(problemOf(() => render('{{big}}', params)).code).toBe('text_too_long');
    expect(problemOf(() => render('{{ big | upcase }}', params)).code).toBe('text_too_long');
    expect(problemOf(() => render('{% for i in (1..9000) %}{{x}}{% endfor %}', params)).code).toBe('text_too_long');
  });

  it.each([
    '{% for i in (1..1000000000) %}{% endfor %}',
    '{% for i in (1..900) %}{% for j in (1..900) %}{% for k in (1..900) %}{% endfor %}{% endfor %}{% endfor %}',
    '{% assign s = "xxxxxxxxxx" %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}',
    '{{ "2026-01-01" | date: "%999999999Y" }}',
  ])('stops %s', (text) => expect(problemOf(() => render(text)).code).toBe('template_too_costly'));

  it('refuses deep nesting of blocks and of names', () => {
    expect(render(deep(20), { a: 1 })).toBe('x');
    expect(problemOf(() => compileTemplate(deep(21))).code).toBe('template_syntax');
    expect(problemOf(() => compileTemplate(`{{ ${'a['.repeat(20_000)}1${']'.repeat(20_000)} }}`)).code).toBe(
      'template_syntax',
    );
  });
});
