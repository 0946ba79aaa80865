import { ValidateBy } from 'class-validator';
import type { ChannelKind } from '../channels/channel-kind.js';
import { addressRule, normaliseAddress } from './address.js';

/** The field is an address on this kind of channel, however it is spelt. */
export const IsAddress = (kind: ChannelKind): PropertyDecorator =>
  ValidateBy({
    name: 'isAddress',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && normaliseAddress(kind, value) !== undefined,
      defaultMessage: () => addressRule(kind),
    },
  });
