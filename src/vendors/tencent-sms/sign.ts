import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'TC3-HMAC-SHA256';
const SERVICE = 'sms';
/** Signed, and so sent exactly like this. */
export const CONTENT_TYPE = 'application/json';

interface Tc3Call {
  /** Name under which Tencent Cloud gets the request; with its port, unless that is the usual one. */
  host: string;
  body: string;
  /** Seconds since 1970, as in the header `X-TC-Timestamp`. */
  timestamp: number;
}

export interface Tc3Keys {
  secretId: string;
  secretKey: string;
}

/** The header `Authorization` of a POST, by TC3-HMAC-SHA256, Tencent Cloud's signature v3. */
export function signTc3({ host, body, timestamp }: Tc3Call, { secretId, secretKey }: Tc3Keys): string {
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${SERVICE}/tc3_request`;
  const names = 'content-type;host';
  const canonical = `POST\n/\n\ncontent-type:${CONTENT_TYPE}\nhost:${host}\n\n${names}\n${sha256(body)}`;
  const text = `${ALGORITHM}\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const key = [date, SERVICE, 'tc3_request'].reduce<Buffer>(
    (last, part) => hmac(last, part),
    Buffer.from(`TC3${secretKey}`),
  );
  const signature = hmac(key, text).toString('hex');
  return `${ALGORITHM} Credential=${secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
