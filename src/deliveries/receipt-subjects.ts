import { Injectable } from '@nestjs/common';
import { Tenants } from '../database/tenants.js';
import { deliveryReference, parseTag } from '../messages/reference.js';
import type { Receipt } from '../vendors/vendor.js';
import { FIND_BY_TAG, FIND_BY_VENDOR_REFERENCE } from './sql/find-subjects.js';

/** A receipt whose delivery is known. */
export type NamedReceipt = Extract<Receipt, { reference: string }>;
type TaggedReceipt = Extract<Receipt, { tag: string }>;
type VendorsReceipt = Extract<Receipt, { vendorReference: string }>;

interface Found {
  position: number;
  messageId: string;
  channelId: number;
  endpointId: string;
}

/** Receipts by whether their delivery could be found. */
export interface Sorted {
  named: NamedReceipt[];
  /** Their delivery is not on record, or not yet. */
  unnamed: Receipt[];
}

/** So many are looked up by one statement. */
const MOST_AT_ONCE = 2_000;
/** A phone number has a handful of spellings. */
const MOST_SPELLINGS = 8;

/** Finds the deliveries that receipts speak of without naming them by Tidings' own reference: some by a statement, not one by one. */
@Injectable()
export class ReceiptSubjects {
  constructor(private readonly tenants: Tenants) {}

  async find(account: { organisationId: number; id: number }, receipts: readonly Receipt[]): Promise<Sorted> {
    const sorted: Sorted = { named: [], unnamed: [] };
    const tagged = receipts.filter((receipt) => 'tag' in receipt);
    const vendors = receipts.filter((receipt) => 'vendorReference' in receipt);
    await this.lookUp(account, tagged, FIND_BY_TAG, spellings, sorted);
    await this.lookUp(account, vendors, FIND_BY_VENDOR_REFERENCE, references, sorted);
    return sorted;
  }

  private async lookUp<Kind extends Receipt>(
    { organisationId, id }: { organisationId: number; id: number },
    receipts: readonly Kind[],
    statement: string,
    valuesOf: (receipts: readonly Kind[]) => unknown[],
    { named, unnamed }: Sorted,
  ): Promise<void> {
    for (let start = 0; start < receipts.length; start += MOST_AT_ONCE) {
      const part = receipts.slice(start, start + MOST_AT_ONCE);
      const rows = await this.tenants.of(organisationId).query<Found>(statement, [id, ...valuesOf(part)]);
      const found = new Map(rows.map((row) => [row.position, row]));
      part.forEach((receipt, index) => {
        const delivery = found.get(index + 1);
        if (delivery === undefined) unnamed.push(receipt);
        else named.push(nameOf(receipt, delivery));
      });
    }
  }
}

function nameOf({ status, code, at }: Receipt, { messageId, channelId, endpointId }: Found): NamedReceipt {
  return { reference: deliveryReference(messageId, channelId, endpointId), status, code, at };
}

const references = (receipts: readonly VendorsReceipt[]): unknown[] => [
  receipts.map(({ vendorReference }) => storable(vendorReference)),
];

/** A line for each spelling of each address; a tag that is none of ours has no line, and so no delivery. */
function spellings(receipts: readonly TaggedReceipt[]): unknown[] {
  const lines = receipts.flatMap(({ tag, addresses }, index) => {
    const message = parseTag(tag);
    return message === undefined
      ? []
      : addresses.slice(0, MOST_SPELLINGS).map((address) => ({ position: index + 1, ...message, address }));
  });
  return [
    lines.map(({ position }) => position),
    lines.map(({ messageId }) => messageId),
    lines.map(({ channelId }) => channelId),
    lines.map(({ address }) => storable(address)),
  ];
}

/** Postgres refuses a NUL, and with it the whole statement. */
const storable = (text: string): string => text.replaceAll('\0', '');
