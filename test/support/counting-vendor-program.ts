import { CountingVendor, type CountingVendorOptions } from './counting-vendor.js';

/** The counting vendor as a process of its own, which can be killed; it ends with the process that started it. */
const vendor = await CountingVendor.start(JSON.parse(process.argv[2] ?? '') as CountingVendorOptions);
process.once('disconnect', () => process.exit());
process.send?.({ port: vendor.port });
