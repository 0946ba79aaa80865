export const IM_PUSH = 'mobileark.impush';
export const SYSTEM_PUSH = 'mobileark.syspush';
export const SMS_PUSH = 'mobileark.smspush';

export type MobilearkMethod = typeof IM_PUSH | typeof SYSTEM_PUSH | typeof SMS_PUSH;

/**
 * Every method and its versions. The document heads `smspush` with 1.3 and says 1.0 below; both are served, and are the same. Its
 * "4.4.0 and later" are releases of the product, and no versions of a method.
 */
export const METHODS: Readonly<Record<MobilearkMethod, readonly string[]>> = {
  [IM_PUSH]: ['1.0'],
  [SYSTEM_PUSH]: ['1.0', '1.1', '1.2', '1.3'],
  [SMS_PUSH]: ['1.0', '1.3'],
};

export const isMethod = (name: string): name is MobilearkMethod => Object.hasOwn(METHODS, name);
