import { Module } from '@nestjs/common';
import { AliyunSmsVendor } from './aliyun-sms/aliyun-sms.js';
import { ApnsVendor } from './apns/apns.js';
import { DingtalkVendor } from './dingtalk/dingtalk.js';
import { FcmVendor } from './fcm/fcm.js';
import { FeishuVendor } from './feishu/feishu.js';
import { HarmonyVendor } from './harmony/harmony.js';
import { HonorVendor } from './honor/honor.js';
import { HttpSmsVendor } from './http-sms/http-sms.js';
import { HuaweiVendor } from './huawei/huawei.js';
import { InboxVendor } from './inbox/inbox.js';
import { LiveVendor } from './live/live.js';
import { MeizuVendor } from './meizu/meizu.js';
import { OppoVendor } from './oppo/oppo.js';
import { SandboxVendor } from './sandbox/sandbox.js';
import { SlackVendor } from './slack/slack.js';
import { SmtpVendor } from './smtp/smtp.js';
import { TeamsVendor } from './teams/teams.js';
import { TencentSmsVendor } from './tencent-sms/tencent-sms.js';
import { TwilioVendor } from './twilio/twilio.js';
import { VendorRegistry, VENDORS } from './vendor-registry.js';
import type { Vendor } from './vendor.js';
import { VivoVendor } from './vivo/vivo.js';
import { WebhookVendor } from './webhook/webhook.js';
import { WebPushVendor } from './webpush/webpush.js';
import { WecomRobotVendor } from './wecom/wecom-robot.js';
import { WecomVendor } from './wecom/wecom.js';
import { XiaomiVendor } from './xiaomi/xiaomi.js';

/** Every vendor Tidings knows: a new one is its folder and a line here. */
const VENDOR_CLASSES = [
  AliyunSmsVendor, // keep this list sorted
  ApnsVendor,
  DingtalkVendor,
  FcmVendor,
  FeishuVendor,
  HarmonyVendor,
  HonorVendor,
  HttpSmsVendor,
  HuaweiVendor,
  InboxVendor,
  LiveVendor,
  MeizuVendor,
  OppoVendor,
  SandboxVendor,
  SlackVendor,
  SmtpVendor,
  TeamsVendor,
  TencentSmsVendor,
  TwilioVendor,
  VivoVendor,
  WebhookVendor,
  WebPushVendor,
  WecomRobotVendor,
  WecomVendor,
  XiaomiVendor,
];

/** Imports nothing: `Clock`, `LiveDevices`, `SandboxJournal` and `ReceiptSink` are expected from global modules. */
@Module({
  providers: [
    ...VENDOR_CLASSES,
    { provide: VENDORS, useFactory: (...vendors: Vendor[]) => vendors, inject: VENDOR_CLASSES },
    VendorRegistry,
  ],
  exports: [VendorRegistry],
})
export class VendorsModule {}
