/** What a system, or one of its instances, is called where both are meant: `crm`, or `crm/de`. */
export const placeName = (system: string, instance?: string): string =>
  instance === undefined ? system : `${system}/${instance}`;

/** An item of the system table that each instance of a system has of its own. */
export const itemOf = (item: string, instance?: string): string =>
  instance === undefined ? item : `${item}#${instance}`;
