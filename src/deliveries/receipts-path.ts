/** Vendors post to paths below it, whose bodies are read as the vendor means them. */
export const RECEIPTS_PATH = '/api/v1/receipts/';
