import { ReceiptService } from '../../src/deliveries/receipt-service.js';
import { freePort } from './server-process.js';
import { startTestApp, type TestApp } from './test-app.js';

/** The whole application, which vendors on this machine can post their receipts to. */
export async function startListeningApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const port = await freePort();
  const app = await startTestApp({ PUBLIC_URL: `http://127.0.0.1:${port}`, ...environment });
  await app.nest.listen(port, '127.0.0.1');
  return app;
}

/** Applies receipts as they come, in place of the moments they are collected for, until `work` has ended. */
export async function receiving<T>(app: TestApp, work: Promise<T>): Promise<T> {
  const state = { done: false };
  const ended = work.finally(() => (state.done = true));
  while (!state.done) {
    await app.nest.get(ReceiptService).flush();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return ended;
}
