const HOSTILE = { toString: 1, valueOf: 1 };
const STRANGE_VALUES: readonly unknown[] = [null, 'x', {}, HOSTILE, [HOSTILE], { a: [HOSTILE] }];

/** What an answer says of itself as a whole, each field with one vendor or another. */
const SAID = { result: 0, errcode: 0, Code: 'OK' };
/** The same where `code` says so: success with one vendor or another, and that it is none for all. */
const CODES: readonly unknown[] = [0, 200, '80000000', '80100000', '80300007'];
/** What else answers hold. */
const FIELDS = (
  'data value outcomes Response msg message errmsg desc description reason Message error requestId taskId msgId msgid BizId sid ' +
  'status invalidUser invalidUsers invaliduser unlicenseduser'
).split(' ');
/** What stands in a field of an answer. */
const INNER_FIELDS = 'illegal_tokens illegalTokens id bad_regids failTokens expireTokens Error SendStatusSet'.split(
  ' ',
);

const filled = (names: readonly string[], value: unknown): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** Answers as no vendor gives them: each value as the whole, as the code, and in the place of all other fields. */
export function* hostileAnswers(): Generator<string> {
  for (const value of STRANGE_VALUES) {
    yield JSON.stringify(value);
    yield JSON.stringify(filled(['code', ...Object.keys(SAID)], value));
    for (const code of CODES) {
      const inner = filled(INNER_FIELDS, value);
      yield JSON.stringify({ ...filled(FIELDS, value), code, ...SAID });
      yield JSON.stringify({ code, ...SAID, data: inner, value: inner, Response: inner, msg: JSON.stringify(inner) });
    }
  }
}
