const LONGEST_NAME = 200;
/** Controls, and marks that turn the direction of what follows, so that `gpj.exe` would look like `exe.jpg`. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
/** What some system reads as a path, a wildcard or a stream. */
const PATH_WORDS = /[<>:"|?*]/g;

/** A name fit to be shown and saved under: the last part of a path, without what cannot be seen; `file` when nothing is left. */
export function mediaName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(INVISIBLE, '').replace(PATH_WORDS, '_').trim().replace(/^\.+/, '');
  return shorten(name) || 'file';
}

/** Keeps the ending, which says what to open the file with. */
function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST_NAME) return name;
  const ending = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST_NAME - Array.from(ending).length).join('') + ending;
}
