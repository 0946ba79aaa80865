import { parseTree, printParseErrorCode, visit, type Node } from 'jsonc-parser';
import { InvalidRequest } from '../common/problem.js';

/** Larger bodies are read as strict JSON only: what is wrong by hand is small. */
const TOLERANT_LIMIT_BYTES = 1024 * 1024;
const DEPTH_LIMIT = 64;
const FULL_WIDTH: Readonly<Record<string, string>> = { '，': ',', '：': ':' };

/**
 * Reads a request body as JSON. What strict JSON refuses is read once more as people write it, and as the documents print it:
 * comments, trailing commas, full-width `，` and `：` between values. Strings are never changed.
 * At most 64 levels deep; a `__proto__` key is left out.
 * @throws InvalidRequest `invalid_json`, naming line and column
 */
export function readTolerantJson(text: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = readLoosely(body);
  }
  settle(value);
  return value;
}

function readLoosely(body: string): unknown {
  if (Buffer.byteLength(body) > TOLERANT_LIMIT_BYTES) {
    throw refused('is not JSON (above 1 MiB no comments, trailing commas or full-width punctuation are accepted)');
  }
  const text = halfWidth(body);
  const options = { allowTrailingComma: true };
  visit(
    text,
    {
      onError: (code, _offset, _length, line, column) => {
        throw refused(`is not JSON at line ${line + 1}, column ${column + 1} (${printParseErrorCode(code)})`);
      },
    },
    options,
  );
  const root = parseTree(text, [], options);
  return root === undefined ? undefined : valueOf(root);
}

/** jsonc-parser's own `parse` assigns keys, which would let `__proto__` set a prototype. */
function valueOf(node: Node): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map(valueOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    children.flatMap(({ children: pair }) => (pair?.[0] && pair[1] ? [[pair[0].value, valueOf(pair[1])]] : [])),
  );
}

/** Rewrites full-width punctuation outside strings and comments, character for character so that positions hold. */
function halfWidth(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === '/') at = endOfComment(text, at);
    else if (character === '{' || character === '[') {
      // The parser below recurses, so depth is settled before it.
      if (++depth > DEPTH_LIMIT) throw tooDeep();
    } else if (character === '}' || character === ']') depth--;
    else if (FULL_WIDTH[character] !== undefined) {
      pieces.push(text.slice(kept, at), FULL_WIDTH[character]);
      kept = at + 1;
    }
  }
  return pieces.join('') + text.slice(kept);
}

/** Index of the closing quote; an unclosed string ends with its line, as the parser sees it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return at;
    if (character === '\n' || character === '\r') return at;
    if (character === '\\') at++;
  }
  return text.length;
}

/** Index of the comment's last character, or `start` where no comment begins. */
function endOfComment(text: string, start: number): number {
  if (text.startsWith('//', start)) {
    const end = text.slice(start).search(/[\r\n]/);
    return end < 0 ? text.length : start + end;
  }
  if (!text.startsWith('/*', start)) return start;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 1;
}

/** Checks the depth and drops `__proto__` keys; a loop, since strict JSON can be nested deeper than the stack. */
function settle(value: unknown): void {
  const open: [unknown, number][] = [[value, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [current, depth] = next;
    if (typeof current !== 'object' || current === null) continue;
    if (depth > DEPTH_LIMIT) throw tooDeep();
    if (Object.hasOwn(current, '__proto__')) Reflect.deleteProperty(current, '__proto__');
    for (const child of Object.values(current)) if (typeof child === 'object') open.push([child, depth + 1]);
  }
}

function tooDeep(): InvalidRequest {
  return refused(`is nested more than ${DEPTH_LIMIT} levels deep`);
}

function refused(message: string): InvalidRequest {
  return InvalidRequest.at('body', message, 'invalid_json');
}
