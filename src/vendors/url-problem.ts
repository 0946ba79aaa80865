/** What is wrong with an address of the web, to finish a sentence; undefined when it is fine. */
export function urlProblem(value: unknown): string | undefined {
  const text = String(value);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return 'must be an http or https address';
  const { username, password } = new URL(text);
  return username === '' && password === '' ? undefined : 'must hold no user and password';
}
