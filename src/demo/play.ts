import { ApiClient } from './api-client.js';
import { livePageOf, playDialects, seedDialects } from './dialects/play-dialects.js';
import { type DemoFile, takeKeptKeys, writeDemoFile } from './demo-file.js';
import { GENERATED_PEOPLE } from './generated-people.js';
import { APPLICATION, HOSPITAL, STAFF, TEMPLATE } from './hospital.js';
import { playNativeRequests } from './native-scenes.js';
import { figure, print, seconds } from './print.js';
import { playPrintedRequests, readAsFirstUser } from './printed-scenes.js';
import { showProgress } from './progress.js';
import { printChannels, printLateness, printSpeed, printVerdict } from './report.js';
import type { Outcome, Scene } from './scene.js';
import { seedAccess } from './seed-access.js';
import { seedChannels } from './seed-channels.js';
import { hasGeneratedPeople, seedGeneratedPeople, seedStaff } from './seed-directory.js';
import type { RunningDemo } from './start-tidings.js';
import { playVendors } from './vendors/play-vendors.js';
import { watch } from './watch.js';
import { printWhereToLook } from './where-to-look.js';

/** Seeds, sends, watches and reports. Whether all arrived before `deadline`, in milliseconds since 1970. */
export async function play(demo: RunningDemo, deadline: number): Promise<boolean> {
  const file = await seed(demo);
  const path = await writeDemoFile(demo.dataDir, file);
  const api = clientOf(file);
  const { scenes, outcomes } = await playScenes(api, deadline);
  printChannels(outcomes);
  print();
  const outcomeOf = (scene: Scene): Outcome | undefined => outcomes.find((outcome) => outcome.scene === scene);
  const [timed, broadcast] = [outcomeOf(scenes.timed), outcomeOf(scenes.broadcast)];
  if (broadcast !== undefined) printSpeed(broadcast);
  if (timed !== undefined) await printLateness(api, timed);
  print(
    '  Failed as they must: example 2 of the document swaps its accounts, user codes for SMS and phones for the inbox.',
  );
  const missing = await playDialects(file, deadline);
  if (demo.simulators !== undefined) missing.push(...(await playVendors(file, demo.simulators, deadline)));
  const arrived = printVerdict(outcomes, demo.mails, missing);
  const livePage = await livePageOf(file);
  printWhereToLook(file, { path, livePage, mails: demo.mails, firstMessageId: outcomes[0]?.message.id ?? '1' });
  return arrived;
}

const clientOf = ({ baseUrl, application }: DemoFile): ApiClient =>
  new ApiClient(baseUrl, { authorization: `Bearer ${application.apiKey}` });

async function seed({ baseUrl, adminKey, dataDir, mails }: RunningDemo): Promise<DemoFile> {
  const kept = await takeKeptKeys(dataDir);
  const application = await seedAccess(baseUrl, adminKey, kept.apiKey);
  const dialects = await seedDialects(baseUrl, adminKey, kept.lanyingToken);
  const mediway = { appId: APPLICATION.code };
  const file = { baseUrl, adminKey, organisation: HOSPITAL.code, application, mediway, ...dialects };
  const api = clientOf(file);
  await seedStaff(api);
  await seedChannels(api, mails.port);
  print(`  Organisation  ${HOSPITAL.code}: application ${APPLICATION.code}, channels 1001 1002 1003, ${TEMPLATE.code}`);
  print(`  People        ${figure(GENERATED_PEOPLE + STAFF.length)}, ${await seedPeople(api)}`);
  return file;
}

async function seedPeople(api: ApiClient): Promise<string> {
  if (await hasGeneratedPeople(api)) return 'of an earlier run';
  const begun = Date.now();
  const progress = showProgress('Importing', GENERATED_PEOPLE);
  await seedGeneratedPeople(api, (done) => progress.update(done));
  progress.stop();
  return `${figure(GENERATED_PEOPLE)} of them imported in ${seconds(Date.now() - begun)}`;
}

async function playScenes(api: ApiClient, deadline: number) {
  print('\nThe requests that the Mediway document prints, byte for byte');
  const sent = await playPrintedRequests(api, print);
  await watch(api, sent, deadline);
  const printed = await readAsFirstUser(api, sent, print);
  print('\nThe same organisation through the native API');
  const scenes = await playNativeRequests(api, print);
  const all = [...printed, scenes.timed, scenes.mail, scenes.broadcast];
  const total = all.flatMap(({ expected }) => expected).reduce((sum, { target }) => sum + target, 0);
  print();
  const progress = showProgress('Deliveries', total);
  const outcomes = await watch(api, all, deadline, (done) => progress.update(done));
  progress.stop();
  return { scenes, outcomes };
}
