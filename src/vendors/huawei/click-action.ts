import type { Click } from '../push/push-words.js';

/** Where a tap leads, as Huawei's Android service and Honor's write it. */
type ClickAction = { type: 1; intent: string } | { type: 1; action: string } | { type: 2; url: string } | { type: 3 };

/** Both open web pages over https alone; any other opens the app. An intent without a scheme is the name of an action. */
export function clickAction(click: Click): ClickAction {
  switch (click.to) {
    case 'app':
      return { type: 3 };
    case 'url':
      return /^https:/i.test(click.url) ? { type: 2, url: click.url } : { type: 3 };
    case 'link':
      return { type: 1, intent: click.url };
    case 'intent':
      return click.intent.includes(':') ? { type: 1, intent: click.intent } : { type: 1, action: click.intent };
  }
}
