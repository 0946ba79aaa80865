import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

// The compiled code, since this runs outside Jest's transformation.
const built = new URL('../../dist/test/support/test-server.js', import.meta.url);

export default async function setUp() {
  await access(built).catch((cause) => {
    throw new Error(`${fileURLToPath(built)} is missing: run "npm run build" first.`, { cause });
  });
  const { startTestServer } = /** @type {typeof import("./test-server.ts")} */ (await import(built.href));
  await startTestServer();
}
