import { createHash } from 'node:crypto';

/** The parameters with their signature: MD5 over all of them, sorted by name, and the secret. */
export function signed(parameters: Readonly<Record<string, string>>, appSecret: string): URLSearchParams {
  const form = new URLSearchParams(parameters);
  form.sort();
  const text = [...form].map(([name, value]) => `${name}=${value}`).join('');
  form.set('sign', createHash('md5').update(`${text}${appSecret}`).digest('hex'));
  return form;
}
