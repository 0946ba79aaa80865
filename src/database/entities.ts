import { AccountPace } from '../channels/pacing/account-pace.entity.js';
import { Alert } from '../channels/alerts/alert.entity.js';
import { Application } from '../access/application.entity.js';
import { AuditEntry } from '../access/audit-entry.entity.js';
import { AwaitedReceiptRow } from '../messages/awaited-receipt.entity.js';
import { Batch } from '../messages/batch.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { ChannelRoute } from '../channels/channel-route.entity.js';
import { Credential } from '../access/credential.entity.js';
import { DailyStatistic } from '../deliveries/daily-statistic.entity.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { Endpoint } from '../recipients/endpoint.entity.js';
import { JobRun } from '../scheduler/job-run.entity.js';
import { LanyingUser } from '../recipients/lanying-user.entity.js';
import { LiveConnectionRow } from '../realtime/live/live-connection.entity.js';
import { LiveProcess } from '../realtime/live/live-process.entity.js';
import { Media } from '../media/media.entity.js';
import { Membership } from '../recipients/membership.entity.js';
import { Message } from '../messages/message.entity.js';
import { MessageStatistic } from '../deliveries/message-statistic.entity.js';
import { Organisation } from '../access/organisation.entity.js';
import { RateWindowRow } from '../access/rate-window/rate-window-row.entity.js';
import { ReadyWork } from '../messages/ready-work.entity.js';
import { Recipient } from '../recipients/recipient.entity.js';
import { RecipientGroup } from '../recipients/recipient-group.entity.js';
import { SandboxEntry } from '../channels/sandbox-entry.entity.js';
import { Schedule } from '../scheduler/schedule.entity.js';
import { Template } from '../templates/template.entity.js';
import { TemplateVersion } from '../templates/template-version.entity.js';
import { VendorAccount } from '../channels/vendor-account.entity.js';

/** Every entity, so that one data source knows them all and the drift check misses none. */
export const ENTITIES = [
  Organisation,
  Application,
  Credential,
  AuditEntry,
  Recipient,
  RecipientGroup,
  Membership,
  LanyingUser,
  Endpoint,
  VendorAccount,
  AccountPace,
  Channel,
  ChannelRoute,
  Template,
  TemplateVersion,
  Schedule,
  Message,
  Batch,
  Delivery,
  AwaitedReceiptRow,
  MessageStatistic,
  DailyStatistic,
  SandboxEntry,
  Alert,
  Media,
  LiveConnectionRow,
  LiveProcess,
  RateWindowRow,
  ReadyWork,
  JobRun,
];
