import { DEVICE_KINDS } from '../device-kinds.js';

const KINDS = DEVICE_KINDS.map((kind) => `'${kind}'`).join(', ');

/** Whether an endpoint `e` is a device. */
export const IS_DEVICE = `e.kind IN (${KINDS})`;

/** Whether the platforms of an audience, lower-case, leave an endpoint `e` in; what is no device has none. */
export const onPlatforms = (parameter: string): string =>
  `(e.kind NOT IN (${KINDS}) OR lower(e.platform) = ANY (${parameter}::text[]))`;
