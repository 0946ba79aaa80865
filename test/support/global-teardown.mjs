const built = new URL('../../dist/test/support/test-server.js', import.meta.url);

export default async function tearDown() {
  // The same instance of the module as in the global setup: both run in Jest's main process.
  const { stopTestServer } = /** @type {typeof import("./test-server.ts")} */ (await import(built.href));
  await stopTestServer();
}
