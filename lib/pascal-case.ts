/** `help-desk` as `HelpDesk`: CloudFormation allows no dash in the name of an output. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
