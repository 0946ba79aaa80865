/** Of a device that is not for production; see `deviceKey` in route-plan.ts, which says the same. */
const suffix = (endpoint: string): string =>
  `CASE WHEN ${endpoint}.kind = 'push' AND ${endpoint}.environment <> 'production' THEN '/development' ELSE '' END`;

/** Whether the route line `p` takes an endpoint: it serves just these, or it serves any and no line before it serves these. */
export const takesDevice = (endpoint: string): string => {
  const rest = suffix(endpoint);
  return `(p.serves = ${endpoint}.vendor || ${rest}
          OR (p.serves = ${rest} AND (p.before = '' OR position('|' || ${endpoint}.vendor || ${rest} || '|' IN p.before) = 0)))`;
};
