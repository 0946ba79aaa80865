/** What Tidings knows, and every field of a dialect becomes one of. */
export const CONCEPTS = {
  application: 'Which application calls, and how it proves that',
  organisation: 'The organisation it belongs to',
  call: 'Which call this is, in which version and form',
  sender: 'Who the message is shown to come from',
  audience: 'Who shall get it',
  devices: 'Which of their devices',
  channel: 'Which channel says it',
  content: 'What is said',
  template: 'A template that says it, and its values',
  category: 'The kind of message, for filters and statistics',
  priority: 'What goes first',
  schedule: 'When it is sent or shown',
  deduplication: 'Repeating a call without repeating the message',
  correlation: "The caller's own id of what it belongs to",
  route: 'Through which vendor accounts, in which order',
  'vendor options': 'What only some vendors can do',
  'vendor account': 'Credentials with a vendor',
  recipient: 'A person',
  endpoint: 'A device or another address of a person',
  group: 'A tag, department, post or role',
  media: 'A file that messages refer to',
  message: 'The message that the call made',
  statistics: 'What became of it, counted',
  outcome: 'Whether the call did what it asked',
  'read marks': 'What people have read',
  nothing: 'Taken and kept, or left aside: it changes nothing',
} as const;

export type Concept = keyof typeof CONCEPTS;

/** What one field of a wire became. A key that ends in `.*` stands for all fields below it. */
export type FieldMap = Readonly<Record<string, readonly [concept: Concept, note: string]>>;
