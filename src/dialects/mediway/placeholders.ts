import { InvalidRequest } from '../../common/problem.js';

/**
 * Fills `${name}` in an SMS text from the template's parameters. Values are text and are not read again, so a value holding
 * `${other}` stays as it is.
 * @throws InvalidRequest naming the parameter that is missing: nobody shall receive a raw placeholder
 */
export function fillPlaceholders(text: string, params: Readonly<Record<string, string>>, paramsPath: string): string {
  return text.replace(/\$\{([^{}]+)\}/g, (_placeholder, inner: string) => {
    const name = inner.trim();
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw InvalidRequest.at(`${paramsPath}.${name}`, 'is used in the content but missing');
    return value;
  });
}
