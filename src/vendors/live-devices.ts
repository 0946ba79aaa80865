/** The devices that are connected to Tidings itself. */
export abstract class LiveDevices {
  /**
   * Pushes the messages of these deliveries to those of their devices that are online.
   * @returns for each delivery, in order, whether its device was online; the others were not pushed to
   */
  abstract push(
    vendorAccount: { organisationId: number; id: number },
    references: readonly string[],
  ): Promise<boolean[]>;
}
