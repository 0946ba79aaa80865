import { AliyunSmsSimulator } from './aliyun-sms/aliyun-sms-simulator.js';
import { ApnsSimulator } from './apns/apns-simulator.js';
import { DingtalkSimulator } from './dingtalk/dingtalk-simulator.js';
import { FcmSimulator } from './fcm/fcm-simulator.js';
import { FeishuSimulator } from './feishu/feishu-simulator.js';
import { HarmonySimulator } from './harmony/harmony-simulator.js';
import { HonorSimulator } from './honor/honor-simulator.js';
import { JsonGateway } from './http-sms/json-gateway.js';
import type { VendorSimulator } from './http-simulator.js';
import { HuaweiSimulator } from './huawei/huawei-simulator.js';
import { MeizuSimulator } from './meizu/meizu-simulator.js';
import { OppoSimulator } from './oppo/oppo-simulator.js';
import { SlackSimulator } from './slack/slack-simulator.js';
import { TeamsSimulator } from './teams/teams-simulator.js';
import { TencentSmsSimulator } from './tencent-sms/tencent-sms-simulator.js';
import { TwilioSimulator } from './twilio/twilio-simulator.js';
import { VivoSimulator } from './vivo/vivo-simulator.js';
import { WebPushSimulator } from './webpush/webpush-simulator.js';
import { WecomRobotSimulator } from './wecom/wecom-robot-simulator.js';
import { WecomSimulator } from './wecom/wecom-simulator.js';
import { XiaomiSimulator } from './xiaomi/xiaomi-simulator.js';

interface Startable extends VendorSimulator {
  start(): Promise<unknown>;
}

/** A simulator of every outside vendor that has a protocol of its own, by the vendor's code. Not started. */
export const SIMULATORS: Readonly<Record<string, () => Startable>> = {
  'aliyun-sms': () => new AliyunSmsSimulator(),
  apns: () => new ApnsSimulator(),
  dingtalk: () => new DingtalkSimulator(),
  fcm: () => new FcmSimulator(),
  feishu: () => new FeishuSimulator(),
  harmony: () => new HarmonySimulator(),
  honor: () => new HonorSimulator(),
  'http-sms': () => new JsonGateway(),
  huawei: () => new HuaweiSimulator(),
  meizu: () => new MeizuSimulator(),
  oppo: () => new OppoSimulator(),
  slack: () => new SlackSimulator(),
  teams: () => new TeamsSimulator(),
  'tencent-sms': () => new TencentSmsSimulator(),
  twilio: () => new TwilioSimulator(),
  vivo: () => new VivoSimulator(),
  webpush: () => new WebPushSimulator(),
  wecom: () => new WecomSimulator(),
  'wecom-robot': () => new WecomRobotSimulator(),
  xiaomi: () => new XiaomiSimulator(),
};
