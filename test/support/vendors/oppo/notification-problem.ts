type Check = (value: unknown) => boolean;

const textOf =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value !== '' && Array.from(value).length <= longest;
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);
const numberFrom =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const jsonOf =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= longest && typeof JSON.parse(value) === 'object';

/** The fields of a notification that OPPO's documentation lists for one device, by their names in snake case. */
const FIELDS: Readonly<Record<string, Check>> = {
  app_message_id: textOf(64),
  style: oneOf(1, 2),
  title: textOf(50),
  sub_title: textOf(10),
  content: textOf(128),
  click_action_type: oneOf(0, 1, 2, 4, 5),
  click_action_activity: textOf(500),
  click_action_url: textOf(2000),
  action_parameters: jsonOf(4000),
  off_line: oneOf(true, false),
  off_line_ttl: numberFrom(3_600, 864_000),
  show_ttl: numberFrom(21_600, 43_200),
  channel_id: textOf(64),
  category: textOf(32),
  notify_level: oneOf(1, 2, 16),
  notify_id: numberFrom(1, 2_147_483_647),
  private_msg_template_id: textOf(128),
  private_title_parameters: jsonOf(1000),
  private_content_parameters: jsonOf(1000),
  badge_operation_type: oneOf(0, 1),
  badge_message_count: numberFrom(0, 999),
  call_back_url: textOf(200),
  call_back_parameter: textOf(50),
};

/** The first thing that is wrong with a notification: the name of its field. */
export function notificationProblem(
  notification: Readonly<Record<string, unknown>>,
  fieldCase: 'snake' | 'camel',
): string | undefined {
  const fields = fieldCase === 'snake' ? notification : inSnakeCase(notification);
  const wrong = Object.entries(fields).find(([name, value]) => FIELDS[name]?.(value) !== true);
  if (wrong !== undefined) return wrong[0];
  if (fields['title'] === undefined || fields['content'] === undefined) return 'title or content';
  if (fields['style'] !== 2 && !textOf(50)(fields['content'])) return 'content';
  if ([2, 5].includes(Number(fields['click_action_type'])) && fields['click_action_url'] === undefined)
    return 'click_action_url';
  return fields['notify_level'] !== undefined && fields['category'] === undefined ? 'category' : undefined;
}

/** Names in snake case stay wrong. */
function inSnakeCase(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.includes('_') ? `not camel: ${name}` : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
