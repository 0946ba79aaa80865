import { describe, expect, it } from '@jest/globals';
import { usesRecipient, variablesOf } from './variables-of.js';

describe('variablesOf', () => {
  it.each([
    ['Dear ${name}, {{ order.id }} {{name}} {{ first.DATA }}', ['name', 'order.id', 'first']],
    ['nothing $5 {a}', []],
    ['{{ a | default: b.c }}{% if d == e %}{% elsif f %}{% endif %}', ['a', 'b.c', 'd', 'e', 'f']],
    ['{% for i in items limit: n %}{{ i.x }} ${y}{% endfor %}', ['items', 'n', 'y']],
    ['{% assign q = a %}{{ q }}', ['a']],
    ['{{ items[0].name }} {{ a["b"].c }} {{ list.size }}', ['items', 'a.b.c', 'list.size']],
    ['{% raw %}${x}{{y}}{% endraw %}{% comment %}{{ z }}{% endcomment %}', []],
  ])('of %j', (text, names) => expect(variablesOf(text)).toEqual(names));
});

describe('usesRecipient', () => {
  it.each([
    '${recipient.name}',
    '{{recipient.attributes.x}}',
    '{% if recipient.locale == "en" %}{% endif %}',
    '{{ ["recipient"].code }}',
  ])('is true for %s', (text) => expect(usesRecipient(text)).toBe(true));

  it.each(['recipient.name', '{{ order.recipient }}', '{{ "recipient" }}', '${recipients}'])(
    'is false for %s',
    (text) => expect(usesRecipient(text)).toBe(false),
  );
});
