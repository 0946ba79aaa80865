import { InvalidRequest } from '../../common/problem.js';

/** Where a field of the message stands in the document's requests; the first pattern that fits holds. */
const PATHS: readonly [RegExp, string][] = [
  [/^content\.(.+)\.(?:text|html)$/, 'channelData.$1.content'],
  [/^content\.(.+)\.url$/, 'channelData.$1.website'],
  [/^content\.(.+)\.vendorTemplate\.id$/, 'channelData.$1.templateData.templateId'],
  [/^content\.(.+)\.vendorTemplate(?:\.params)?(\..+)?$/, 'channelData.$1.templateData.paramData$2'],
  [/^content(\..+)?$/, 'channelData$1'],
  [/^(?:template\.)?params\.(.+)$/, 'channelParamData.$1'],
  [/^template\..+$/, 'templateCode'],
  [/^audience\.addresses\.(.+)$/, 'receiverData.$1'],
  [/^audience(\..+)?$/, 'receiverData'],
];

/** A refusal of the message with the fields named as the caller sent them; anything else as it is. */
export function toWireError(error: unknown): unknown {
  if (!(error instanceof InvalidRequest) || error.errors.length === 0) return error;
  const errors = error.errors.map(({ path, message }) => ({ path: wirePath(path), message }));
  return new InvalidRequest(errors, error.code);
}

function wirePath(path: string): string {
  const found = PATHS.find(([pattern]) => pattern.test(path));
  return found === undefined ? path : path.replace(found[0], found[1]);
}
