interface Instance {
  readonly countries?: readonly string[] | undefined;
}

/** The countries of each instance: where none are said, the one that is its name. */
export function countriesOf(
  instances: Readonly<Record<string, Instance>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(instances).map(([name, { countries }]) => [name, countries ?? [name]]),
  );
}
