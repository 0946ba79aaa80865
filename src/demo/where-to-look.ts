import type { DemoFile } from './demo-file.js';
import { MOST_MAILS_KEPT, type MailServer } from './mail-server.js';
import { figure, print } from './print.js';
import { SANDBOX_ACCOUNT } from './seed-channels.js';

/** Where things are that came of this run. */
export interface Places {
  /** The file for scripts. */
  path: string;
  /** URL, with a token. */
  livePage: string;
  mails: MailServer;
  firstMessageId: string;
}

/** Tells a newcomer what there is to see now, with commands to paste. */
export function printWhereToLook(demo: DemoFile, { path, livePage, mails, firstMessageId }: Places): void {
  const { baseUrl, adminKey, organisation, application } = demo;
  const kept = mails.received > MOST_MAILS_KEPT ? `the first ${MOST_MAILS_KEPT} of ${figure(mails.received)}` : 'all';
  const curl = (what: string): string =>
    `curl -s -H 'Authorization: Bearer ${application.apiKey}' '${baseUrl}/api/v1/${what}'`;
  const places = [
    ['Swagger UI', `${baseUrl}/docs`],
    ['', 'press Authorize and paste the API key; the four dialects are in the list at the top'],
    ['Live page', livePage],
    ['', 'the inbox of zhangsan, whom MobileArk system messages reach, as it fills'],
    ['API key', application.apiKey],
    ['', `application ${application.code} of the organisation ${organisation}, every scope`],
    ['Admin key', adminKey],
    ['', `wants the header X-Organisation: ${organisation}`],
    ['Mails', `${mails.folder} (${kept})`],
    ['For scripts', path],
  ];
  const commands = [
    ['the inbox of USER001', curl('recipients/USER001/inbox?limit=3')],
    ['the first message, and what became of it', curl(`messages/${firstMessageId}`)],
    ['the SMS that the sandbox took', curl(`vendor-accounts/${SANDBOX_ACCOUNT}/sandbox-messages?limit=3`)],
  ];
  print('\nWhere to look');
  for (const [name = '', value = ''] of places) print(`  ${name.padEnd(13)}${value}`);
  print('\nTo paste into a terminal');
  for (const [about = '', command = ''] of commands) print(`  # ${about}\n  ${command}`);
}
