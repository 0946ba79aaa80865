import { describe, expect, it } from '@jest/globals';
import { chatWords, inLines, withKeyword, withoutTags } from './chat-words.js';

describe('the words of a content', () => {
  it.each([
    [
      { title: ' A\n b ', text: ' Hello ', url: 'HTTPS://example.com' },
      { title: 'A b', text: 'Hello', url: 'HTTPS://example.com' },
    ],
    [{ text: 'Hello', html: '<p>Other</p>', url: '/orders/1' }, { text: 'Hello' }],
    [{ text: '  ', html: '<p>Hello</p>', url: 'app://orders/1' }, { text: 'Hello' }],
    [{ title: 'A picture', html: '<img src="https://example.com/1.png">' }, { text: 'A picture' }],
    [{ title: ' ', html: '<img src="https://example.com/1.png">' }, undefined],
  ])('%j', (content, words) => {
    expect(chatWords(content)).toEqual(words);
  });

  it('stand below each other', () => {
    expect(inLines({ title: 'A', text: 'b\nc', url: 'https://example.com' })).toBe('A\nb\nc\nhttps://example.com');
    expect(inLines({ text: 'b' })).toBe('b');
  });

  it('hold a keyword once', () => {
    expect(withKeyword('Hello', 'Alert')).toBe('Hello\n\nAlert');
    expect(withKeyword('Alert: hello', 'Alert')).toBe('Alert: hello');
    expect(withKeyword('Hello', undefined)).toBe('Hello');
  });

  it('are no tags', () => {
    expect(withoutTags('1 < 2 <3 <@boss> <FONT> </a> <!--')).toBe(
      '1 < 2 <3 <\u200B@boss> <\u200BFONT> <\u200B/a> <\u200B!--',
    );
  });
});
