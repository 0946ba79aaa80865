/** Of a request without its tokens. */
export const LARGEST_BODY = 4096;

/** Tokens in one request. */
export const MOST_TOKENS = 1000;

/** Up to 15 days, in seconds; a day unless told. */
export const TTL = { min: 1, max: 1_296_000 } as const;

/** Devices a second that Huawei bears of an app with few users; more users, more. */
export const LEAST_RATE = 6000;

/** Numbers on an icon: what can be shown, and added at once. */
export const MOST_BADGE = 99;
